import Kernels
import Labels

/// A conditional random field on the logits (Lafferty, McCallum and Pereira 2001): a score for each label behind each other.
///
/// The distribution is `LinearChain`'s, over the sequences that IOB2 allows. What leads into an illegal sequence has no
/// gradient.
public struct CRF: Sendable {
  /// The scores.
  public let tensors: CRFTensors
  /// Which label may follow which.
  public let constraints: TagConstraints

  /// Takes the scores of a layout.
  public init(_ tensors: CRFTensors, labels: [String]) {
    precondition(tensors.start.count == labels.count, "\(tensors.start.count) scores")
    self.tensors = tensors
    constraints = TagConstraints(labels: labels)
  }

  /// The chain with the scores of a parameter buffer.
  ///
  /// - Parameters:
  ///   - parameters: The model's parameters.
  ///   - temperature: What emissions and scores are divided by, above 0.
  /// - Returns: The chain, which keeps a copy of the scores.
  public func chain(
    _ parameters: UnsafeMutablePointer<Float>, temperature: Float = 1
  ) -> LinearChain {
    func values(_ slice: ParameterSlice) -> [Float] {
      Array(UnsafeBufferPointer(start: slice.pointer(in: parameters), count: slice.count))
    }
    return LinearChain(
      constraints,
      scores: LinearChain.Scores(
        start: values(tensors.start), end: values(tensors.end),
        transitions: values(tensors.transitions)),
      temperature: temperature)
  }
}

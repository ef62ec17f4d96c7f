import Kernels
import Labels

/// A conditional random field on the logits (Lafferty, McCallum and Pereira 2001): a score for each label behind each other.
///
/// The distribution is `LinearChain`'s, over the sequences that IOB2 allows. What leads into an illegal sequence has no
/// gradient. Names and shapes are those of the package pytorch-crf.
public struct CRF: Sendable {
  /// The score of each label on the first word, [L].
  public let start: ParameterSlice
  /// The score of each label on the last word, [L].
  public let end: ParameterSlice
  /// The score of label j behind label i, [L, L].
  public let transitions: ParameterSlice
  /// Which label may follow which.
  public let constraints: TagConstraints

  /// Adds `crf.start_transitions`, `crf.end_transitions` and `crf.transitions` to a layout.
  public init(into layout: inout ParameterLayout, labels: [String]) {
    start = layout.add("crf.start_transitions", labels.count)
    end = layout.add("crf.end_transitions", labels.count)
    transitions = layout.add("crf.transitions", labels.count, labels.count)
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
        start: values(start), end: values(end), transitions: values(transitions)),
      temperature: temperature)
  }
}

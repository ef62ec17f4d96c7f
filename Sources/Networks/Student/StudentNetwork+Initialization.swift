import Kernels
import Runtime
import StudentFormat

extension StudentNetwork {
  /// The standard deviation of the piece table, with which a student trains best.
  public static let pieceDeviation: Float = 0.4

  /// Sets all parameters as PyTorch's modules do by default, the words' table normal with the deviation 0.4.
  ///
  ///     LSTM         uniform within 1 / sqrt(H)
  ///     CNN, linear  uniform within 1 / sqrt(fan-in)
  ///     tables       normal
  ///     CRF          0, no preference
  ///
  /// - Parameters:
  ///   - parameters: A buffer of the network's layout.
  ///   - seed: The run's seed; each tensor has a stream of its own.
  public func initialize(_ parameters: FloatBuffer, seed: UInt64) {
    precondition(parameters.count == layout.count, "\(parameters.count) parameters")
    for (index, slice) in layout.slices.enumerated() {
      var stream = RandomStream(seed: seed, purpose: .initialization, index: UInt64(index))
      let target = slice.pointer(in: parameters.base)
      if slice.name.hasPrefix("crf.") {
        target.update(repeating: 0, count: slice.count)
      } else if let bound = uniformBound(slice.name) {
        for i in 0..<slice.count { target[i] = Float((2 * stream.uniform() - 1) * bound) }
      } else {
        let deviation = slice == graph.lexicon ? Double(Self.pieceDeviation) : 1
        for i in 0..<slice.count { target[i] = Float(stream.normal() * deviation) }
      }
    }
  }

  /// The bound of a tensor that is drawn uniformly; nil for an embedding table.
  private func uniformBound(_ name: String) -> Double? {
    let fanIn: Int
    if name.hasPrefix("lstm.") {
      fanIn = configuration.hidden
    } else if name.hasPrefix("char_cnn.") {
      fanIn = graph.characters.weight.count / graph.characters.filters
    } else if name.hasPrefix("hidden.") {
      fanIn = configuration.headInputs
    } else if name.hasPrefix("classifier.") {
      fanIn = graph.classifierWeight.shape[1]
    } else {
      return nil
    }
    return 1 / Double(fanIn).squareRoot()
  }
}

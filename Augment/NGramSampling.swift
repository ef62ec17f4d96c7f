import Runtime

/// n-gram sampling: the whole example is cut to a random run of n of its words (arXiv 1903.12136, section 3.2).
///
/// n is uniform in `lengths` and clipped to the sentence; the run's first word is uniform over all `length - n + 1` places.
public struct NGramSampling: Sendable {
  /// The probability of a cut, `p_ng`.
  public let probability: Double
  /// The lengths n.
  public let lengths: ClosedRange<Int>

  /// Cuts with a probability in `0...1` to one of the lengths, which are at least 1.
  public init(probability: Double, lengths: ClosedRange<Int>) {
    precondition(lengths.lowerBound >= 1, "an n-gram of \(lengths.lowerBound) words")
    self.probability = probability
    self.lengths = lengths
  }

  /// Draws what is kept of a sentence of `length` words; nil where it is not cut.
  public func window(ofLength length: Int, using random: inout RandomStream) -> Range<Int>? {
    guard probability > 0, random.uniform() < probability else { return nil }
    let drawn =
      lengths.lowerBound
      + random.integer(below: lengths.upperBound - lengths.lowerBound + 1)
    let n = min(drawn, length)
    let start = random.integer(below: length - n + 1)
    return start..<(start + n)
  }
}

import Runtime

/// POS-guided word replacement: a word becomes one of the same part of speech, drawn by frequency, itself included
/// (arXiv 1903.12136, section 3.2).
///
/// "What do pigs eat?" may become "How do pigs eat?".
public struct PartOfSpeechReplacement: Sendable {
  /// The draws X of a word, uniform in [0, 1), that replace it: `p_mask ..< p_mask + p_pos`.
  public let draws: Range<Double>
  private let distribution: PartOfSpeechDistribution?

  /// Replaces words with a probability in `0...1`, by the draws that come right after those of masking.
  ///
  /// Without a distribution nothing is replaced.
  public init(
    probability: Double, after masking: Masking, distribution: PartOfSpeechDistribution?
  ) {
    let start = masking.draws.upperBound
    draws = start..<(start + (distribution == nil ? 0 : probability))
    self.distribution = distribution
  }

  /// Draws a word of the same part of speech.
  @inline(__always)
  func replacement(
    for word: Int32, partOfSpeech: Int32, using random: inout RandomStream
  ) -> Int32 {
    guard let distribution else { return word }
    return distribution.draw(partOfSpeech: partOfSpeech, using: &random)
  }
}

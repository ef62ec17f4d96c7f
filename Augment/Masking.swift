/// Masking: a word becomes `[MASK]`, which hides what it says about the others (arXiv 1903.12136, section 3.2).
public struct Masking: Sendable {
  /// The word that takes the place of a masked one; BERT's own mask token.
  public static let word = "[MASK]"

  /// The draws X of a word, uniform in [0, 1), that mask it: `0 ..< p_mask`.
  public let draws: Range<Double>

  /// Masks words with a probability in `0...1`.
  public init(probability: Double) {
    draws = 0..<probability
  }

  /// Whether no word at all is left.
  @inline(__always)
  func hidesAll(_ words: UnsafeBufferPointer<Int32>) -> Bool {
    words.allSatisfy { $0 == InternedCorpus.maskNumber }
  }
}

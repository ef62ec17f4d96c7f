/// A sentence with its words, tags and entities.
public struct TaggedSentence: Sendable, Equatable {
  /// The UTF-8 bytes of each word in the text that was given; of words, in the words with one space between them.
  public let words: [Range<Int>]
  /// One IOB2 tag a word.
  public let tags: [String]
  /// The entities in order.
  public let entities: [Entity]

  /// The bytes from the first word to the last.
  public var bytes: Range<Int> {
    (words.first?.lowerBound ?? 0)..<(words.last?.upperBound ?? 0)
  }
}

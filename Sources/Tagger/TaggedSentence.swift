import Labels

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

/// An entity that was found in a text or among words.
public struct Entity: Sendable, Equatable {
  /// The type, such as "PER", and the words within their sentence.
  public let span: EntitySpan
  /// The text from the first byte to the last; of words, the words with a space between them.
  public let text: String
  /// Its UTF-8 bytes in the text that was given; of words, in the sentence's words with one space between them.
  public let bytes: Range<Int>
  /// The probability, 0 to 1, that exactly these words are an entity of this type; see `LinearChain`.
  public let probability: Double

  /// The type, such as "PER".
  public var type: String { span.type }
  /// Its words within their sentence, counted from 0.
  public var words: Range<Int> { span.words }

  /// Describes an entity.
  public init(span: EntitySpan, text: String, bytes: Range<Int>, probability: Double) {
    self.span = span
    self.text = text
    self.bytes = bytes
    self.probability = probability
  }
}

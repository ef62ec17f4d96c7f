/// An entity that was found in a text or among words.
public struct Entity: Sendable, Equatable {
  /// The type, such as "PER".
  public let type: String
  /// The text from the first byte to the last; of words, the words with a space between them.
  public let text: String
  /// Its words within their sentence, counted from 0.
  public let words: Range<Int>
  /// Its UTF-8 bytes in the text that was given; of words, in the sentence's words with one space between them.
  public let bytes: Range<Int>
  /// The probability, 0 to 1, that exactly these words are an entity of this type; see `LinearChain`.
  public let probability: Double

  /// Describes an entity.
  public init(
    type: String, text: String, words: Range<Int>, bytes: Range<Int>, probability: Double
  ) {
    self.type = type
    self.text = text
    self.words = words
    self.bytes = bytes
    self.probability = probability
  }

  /// The type of a B- or I- tag; nil for any other.
  static func type(of tag: String) -> Substring? {
    guard tag.utf8.starts(with: "B-".utf8) || tag.utf8.starts(with: "I-".utf8) else { return nil }
    return Substring(tag.utf8.dropFirst(2))
  }
}

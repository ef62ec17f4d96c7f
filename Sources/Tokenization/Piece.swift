/// A word piece and where it came from.
public struct Piece: Sendable, Equatable {
  /// The id in the vocabulary.
  public var id: Int32
  /// The number of its word in the text, from 0; words are those of `WordPieceTokenizer.basicTokens(of:)`,
  /// and every special token in the text is a word of its own.
  public var word: Int32
  /// The first UTF-8 byte in the text.
  public var start: Int32
  /// The UTF-8 byte behind the last.
  public var end: Int32

  /// Collects the fields.
  public init(id: Int32, word: Int32, start: Int32, end: Int32) {
    self.id = id
    self.word = word
    self.start = start
    self.end = end
  }

  /// The UTF-8 bytes of the text that the piece covers.
  public var byteRange: Range<Int> { Int(start)..<Int(end) }
}

/// A word as the tokenizer sees it before it looks into the vocabulary.
public struct BasicToken: Sendable, Equatable {
  /// The normalized text: cleaned and, as the settings say, lowercased and without accents.
  public var text: String
  /// The UTF-8 bytes of the source that it came from.
  public var byteRange: Range<Int>

  /// Collects the fields.
  public init(text: String, byteRange: Range<Int>) {
    self.text = text
    self.byteRange = byteRange
  }
}

/// Collects words as they are.
struct BasicTokenSink: WordSink {
  var tokens: [BasicToken] = []
  let source: UnsafeBufferPointer<UInt8>

  mutating func add(word: WordBuffer) {
    let bytes = UnsafeBufferPointer(start: word.bytes, count: word.count)
    let range = SourceRange(start: word.sourceStart(0), end: word.sourceEnd(word.count))
    append(bytes, range)
  }

  mutating func add(special id: Int32, from range: SourceRange) {
    append(UnsafeBufferPointer(rebasing: source[Int(range.start)..<Int(range.end)]), range)
  }

  private mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, _ range: SourceRange) {
    tokens.append(
      BasicToken(
        text: String(decoding: bytes, as: UTF8.self),
        byteRange: Int(range.start)..<Int(range.end)))
  }
}

/// What a byte of text is to the scanner.
///
/// Bytes from 0x80 on, and those that begin a special token, are `.other` and get a closer look.
enum ByteKind: UInt8 {
  case letter
  case space
  case dropped
  case punctuation
  case other
}

/// A tokenizer's rules in the form that the scanner reads: a table of all bytes and the special tokens.
struct TextRules: Sendable {
  /// A token that is found as a whole.
  struct SpecialToken: Sendable {
    let bytes: [UInt8]
    let id: Int32
  }

  let lowercases: Bool
  let stripsAccents: Bool
  let splitsChinese: Bool
  /// The tokens that are found in the text as it stands, before all cleaning; the longest first.
  let specialTokens: [SpecialToken]
  /// The tokens that are found in the normalized text between those, normalized themselves; the longest first.
  private(set) var normalizedTokens: [SpecialToken] = []
  /// Whether the normalized text is held back until its tokens have been looked for.
  private(set) var holdsText = false
  /// What an ASCII letter (or digit) becomes in a word, 0 for all other bytes; then the kinds of bytes.
  let tables: [UInt8]

  private let settings: TokenizerSettings

  init(settings: TokenizerSettings, specialTokens: [SpecialToken]) {
    self.settings = settings
    lowercases = settings.lowercase
    stripsAccents = settings.removesAccents
    splitsChinese = settings.splitChinese
    self.specialTokens = Self.longestFirst(specialTokens)

    var tables = [UInt8](repeating: 0, count: 512)
    for byte in 0..<256 { tables[256 + byte] = ByteKind.other.rawValue }
    for byte in UInt32(0)..<0x80 {
      let properties = CharacterTable.shared[byte]
      let kind: ByteKind =
        properties.isDropped
        ? .dropped
        : properties.isSpace ? .space : properties.isPunctuation ? .punctuation : .letter
      tables[256 + Int(byte)] = kind.rawValue
      guard kind == .letter else { continue }
      let isUpper = 0x41...0x5A ~= byte
      tables[Int(byte)] = UInt8(isUpper && settings.lowercase ? byte + 0x20 : byte)
    }
    for byte in self.specialTokens.compactMap(\.bytes.first) {
      tables[Int(byte)] = 0
      tables[256 + Int(byte)] = ByteKind.other.rawValue
    }
    self.tables = tables
  }

  /// Adds tokens that are found in the normalized text; their bytes are normalized here.
  ///
  /// A token of which nothing is left is not found anywhere.
  mutating func add(normalized tokens: [SpecialToken]) {
    guard !tokens.isEmpty else { return }
    var bare = TextRules(settings: settings, specialTokens: [])
    bare.holdsText = true
    normalizedTokens = Self.longestFirst(
      tokens.map { token in
        var scanner = TextScanner(rules: bare, sink: NoWords())
        defer { scanner.deallocate() }
        return SpecialToken(
          bytes: token.bytes.withUnsafeBufferPointer { scanner.normalized($0) }, id: token.id)
      })
    holdsText = true
  }

  /// Tokens of one length stay in their order, the first of the same goes before the others.
  private static func longestFirst(_ tokens: [SpecialToken]) -> [SpecialToken] {
    tokens.filter { !$0.bytes.isEmpty }.sorted { $0.bytes.count > $1.bytes.count }
  }

  /// The longest of some tokens at a place in the text.
  static func token(
    of tokens: [SpecialToken], in text: UnsafeBufferPointer<UInt8>, at index: Int
  ) -> SpecialToken? {
    tokens.first { token in
      token.bytes.count <= text.count - index
        && token.bytes.indices.allSatisfy { token.bytes[$0] == text[index + $0] }
    }
  }
}

/// Takes no words: of a text that is only normalized.
private struct NoWords: WordSink {
  mutating func add(word: WordBuffer) {}
  mutating func add(special id: Int32, from source: SourceRange) {}
}

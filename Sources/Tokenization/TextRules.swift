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
  /// A special token, which is found in the text as it stands, before all cleaning.
  struct SpecialToken: Sendable {
    let bytes: [UInt8]
    let id: Int32
    /// Whether ASCII letters are compared without regard to case; `bytes` are lower case then.
    let ignoresCase: Bool

    init(_ text: String, id: Int32, ignoresCase: Bool = false) {
      bytes = text.utf8.map { ignoresCase ? Self.lowercase($0) : $0 }
      self.id = id
      self.ignoresCase = ignoresCase
    }

    func matches(_ byte: UInt8, at index: Int) -> Bool {
      bytes[index] == (ignoresCase ? Self.lowercase(byte) : byte)
    }

    private static func lowercase(_ byte: UInt8) -> UInt8 {
      (0x41...0x5A).contains(byte) ? byte + 0x20 : byte
    }
  }

  let lowercases: Bool
  let stripsAccents: Bool
  let splitsChinese: Bool
  /// The special tokens, the longest first.
  let specialTokens: [SpecialToken]
  /// What an ASCII letter (or digit) becomes in a word, 0 for all other bytes; then the kinds of bytes.
  let tables: [UInt8]

  init(settings: TokenizerSettings, specialTokens: [SpecialToken]) {
    lowercases = settings.lowercase
    stripsAccents = settings.removesAccents
    splitsChinese = settings.splitChinese
    self.specialTokens = specialTokens.filter { !$0.bytes.isEmpty }
      .sorted { $0.bytes.count > $1.bytes.count }

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
    for token in self.specialTokens {
      for byte in 0..<256 where token.matches(UInt8(byte), at: 0) {
        tables[byte] = 0
        tables[256 + byte] = ByteKind.other.rawValue
      }
    }
    self.tables = tables
  }

  /// The longest special token at a place in the text.
  func specialToken(in text: UnsafeBufferPointer<UInt8>, at index: Int) -> SpecialToken? {
    specialTokens.first { token in
      token.bytes.count <= text.count - index
        && token.bytes.indices.allSatisfy { token.matches(text[index + $0], at: $0) }
    }
  }
}

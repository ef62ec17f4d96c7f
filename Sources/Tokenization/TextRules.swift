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
      tables[Int(token.bytes[0])] = 0
      tables[256 + Int(token.bytes[0])] = ByteKind.other.rawValue
    }
    self.tables = tables
  }

  /// The longest special token at a place in the text.
  func specialToken(in text: UnsafeBufferPointer<UInt8>, at index: Int) -> SpecialToken? {
    specialTokens.first { token in
      token.bytes.count <= text.count - index
        && token.bytes.indices.allSatisfy { token.bytes[$0] == text[index + $0] }
    }
  }
}

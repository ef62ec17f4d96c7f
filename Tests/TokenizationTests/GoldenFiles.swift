import Files
import TestSupport
import Testing
import Tokenization

/// The golden files that Tests/References/tokenization.py writes from Hugging Face's `tokenizers`.
enum GoldenFiles {
  /// The four settings; each is the name of a golden file.
  static let settings: [(name: String, settings: TokenizerSettings)] = [
    ("uncased", TokenizerSettings(lowercase: true)),
    ("cased", TokenizerSettings(lowercase: false)),
    ("accents", TokenizerSettings(lowercase: true, stripAccents: false)),
    ("unaccented", TokenizerSettings(lowercase: false, stripAccents: true)),
  ]

  static func path(_ name: String) -> String { fixture("TokenizationTests/Fixtures/\(name)") }

  static func vocabulary() throws -> Vocabulary { try Vocabulary(path: path("vocab.txt")) }

  static func tokenizer(_ settings: TokenizerSettings = TokenizerSettings()) throws
    -> WordPieceTokenizer
  {
    try WordPieceTokenizer(vocabulary: vocabulary(), settings: settings)
  }

  /// The parts of a file that each end with `terminator`; split by bytes, since a mark may follow it.
  static func records(_ name: String, endingWith terminator: UInt8) throws -> [String] {
    let file = try MappedFile(path: path(name))
    let parts = file.bytes.split(separator: terminator, omittingEmptySubsequences: false)
    return parts.dropLast().map { String(decoding: $0, as: UTF8.self) }
  }

  /// The nasty lines.
  static func lines() throws -> [String] { try records("lines.txt", endingWith: 0x1E) }

  /// Pieces as the golden files write them: `id+gap:length`, commas within a word, blanks between words.
  static func notation(_ pieces: [Piece]) -> String {
    var text = ""
    var end: Int32 = 0
    for (index, piece) in pieces.enumerated() {
      if index > 0 { text += piece.word == pieces[index - 1].word ? "," : " " }
      text += "\(piece.id)"
      if piece.start != end { text += "+\(piece.start - end)" }
      if piece.end - piece.start != 1 { text += ":\(piece.end - piece.start)" }
      end = piece.end
    }
    return text
  }
}

/// CRC-32 as in zlib, for golden files that would be too large in full.
struct CyclicRedundancyCheck {
  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { crc, _ in crc & 1 == 1 ? 0xEDB8_8320 ^ crc >> 1 : crc >> 1 }
  }
  private var state: UInt32 = 0xFFFF_FFFF

  var value: UInt32 { ~state }

  mutating func add(_ text: String) {
    for byte in text.utf8 { state = Self.table[Int((state ^ UInt32(byte)) & 0xFF)] ^ state >> 8 }
  }
}

/// A string with everything but ASCII letters, digits and punctuation as `\u{...}`, for messages.
func escaped(_ text: String) -> String {
  text.unicodeScalars.map { 0x20..<0x7F ~= $0.value ? String($0) : $0.escaped(asASCII: true) }
    .joined()
}

/// The character encoding of a corpus file.
public enum TextEncoding: String, Sendable, CaseIterable {
  /// UTF-8; other bytes are an error.
  case utf8 = "utf-8"
  /// ISO 8859-1, in which every byte is the character of its number; the control characters 0x80 to 0x9F are an error.
  case latin1
  /// Windows-1252: ISO 8859-1 with curly quotes, dashes and letters in place of the control characters.
  case windows1252 = "windows-1252"

  /// Decodes bytes; nil if they are not of this encoding.
  func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    // ASCII, which most fields are, needs no validation, and that takes most of the reading time.
    if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
    if self == .utf8 { return String(validating: bytes, as: UTF8.self) }
    var text = String.UnicodeScalarView()
    for byte in bytes {
      guard (0x80...0x9F).contains(byte) else {
        text.append(Unicode.Scalar(byte))
        continue
      }
      guard self == .windows1252, let scalar = Self.windows[Int(byte) - 0x80] else { return nil }
      text.append(scalar)
    }
    return String(text)
  }

  /// What Windows-1252 has from 0x80 to 0x9F; five bytes stand for nothing.
  private static let windows: [Unicode.Scalar?] = [
    "€", nil, "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", nil, "Ž", nil,
    nil, "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", nil, "ž", "Ÿ",
  ]
}

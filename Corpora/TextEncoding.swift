/// The character encoding of a corpus file.
public enum TextEncoding: String, Sendable, CaseIterable {
  /// UTF-8; other bytes are an error.
  case utf8 = "utf-8"
  /// ISO 8859-1, in which every byte is the character of its number.
  case latin1

  /// Decodes bytes; nil if they are not of this encoding.
  func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    switch self {
    case .utf8:
      // ASCII, which most fields are, needs no validation, and that takes most of the reading time.
      if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
      return String(validating: bytes, as: UTF8.self)
    case .latin1:
      var text = String.UnicodeScalarView()
      for byte in bytes { text.append(Unicode.Scalar(byte)) }
      return String(text)
    }
  }
}

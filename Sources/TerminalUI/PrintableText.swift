/// Text from files and command lines as people may see it: what a terminal, a browser or an editor would obey is written out.
///
/// That is control characters (U+0000 to U+001F, U+007F to U+009F), line and paragraph separators (U+2028, U+2029) and the
/// characters that turn the direction of writing (U+202A to U+202E, U+2066 to U+2069). They become `\n`, `\t`, `\r` and
/// `\uXXXX`, so that text of this kind is one line and moves nothing on a screen.
///
/// - Parameters:
///   - text: The text.
///   - keepsLines: Whether line feeds and tabs stay as they are.
/// - Returns: The text without such characters.
public func printable(_ text: String, keepsLines: Bool = false) -> String {
  // Where no byte is a control's and none begins U+0080 to U+00BF or U+2000 to U+2FFF, there is nothing to write out.
  let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F && $0 != 0xC2 && $0 != 0xE2 }
  if isPlain { return text }
  var shown = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\n" where keepsLines, "\t" where keepsLines: shown.append(scalar)
    case "\n": shown.append(contentsOf: "\\n".unicodeScalars)
    case "\r": shown.append(contentsOf: "\\r".unicodeScalars)
    case "\t": shown.append(contentsOf: "\\t".unicodeScalars)
    case _ where scalar.isControlling:
      let digits = String(scalar.value, radix: 16, uppercase: true)
      let zeros = String(repeating: "0", count: 4 - digits.count)
      shown.append(contentsOf: "\\u\(zeros)\(digits)".unicodeScalars)
    default: shown.append(scalar)
    }
  }
  return String(shown)
}

extension Unicode.Scalar {
  /// Whether a terminal, a browser or an editor obeys the scalar where it should show it; see `printable`.
  public var isControlling: Bool {
    switch value {
    case 0x00...0x1F, 0x7F...0x9F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}

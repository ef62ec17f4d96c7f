import Labels

/// Words in one field of a table, so that they are read back as they were: one space between two of them.
///
/// A space or a backslash within a word is written as `\s` or `\\`. The name of the column, `TextNames.words`, tells such a
/// field from running text.
public enum SplitWords {
  private static let escapes: [(character: UInt8, letter: UInt8)] = [
    (UInt8(ascii: " "), UInt8(ascii: "s")), (UInt8(ascii: "\\"), UInt8(ascii: "\\")),
  ]

  /// The names of the columns, with tabs between them, of a table with such fields; a label comes first.
  public static func header(for task: TaskKind, hasLabels: Bool) -> String {
    let texts = task == .pair ? TextNames.pairOfWords : [TextNames.words]
    return ((hasLabels ? ["label"] : []) + texts).joined(separator: "\t")
  }

  /// A word as it stands among others.
  public static func escaped(_ word: String) -> String {
    guard word.utf8.contains(where: { byte in escapes.contains { $0.character == byte } }) else {
      return word
    }
    var bytes: [UInt8] = []
    for byte in word.utf8 {
      if let escape = escapes.first(where: { $0.character == byte }) {
        bytes += [UInt8(ascii: "\\"), escape.letter]
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The words of a field; nil for one with an empty word or a backslash before any other letter.
  static func words(of field: String) -> [String]? {
    var words: [String] = []
    for part in field.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false) {
      guard !part.isEmpty, let word = word(part) else { return nil }
      words.append(word)
    }
    return words
  }

  private static func word(_ escaped: Substring.UTF8View) -> String? {
    guard escaped.contains(UInt8(ascii: "\\")) else { return String(escaped) }
    var bytes: [UInt8] = []
    var rest = escaped
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "\\") else {
        bytes.append(byte)
        continue
      }
      guard let letter = rest.popFirst(),
        let escape = escapes.first(where: { $0.letter == letter })
      else { return nil }
      bytes.append(escape.character)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Plain text cut into words as a corpus has them.
enum PlainText {
  private static let closing: Set<Character> = [".", ",", ";", ":", "?", "!", ")", "\"", "]"]
  private static let opening: Set<Character> = ["(", "\"", "["]

  /// The words of a line: runs without white space, with punctuation at either end split off, and a possessive 's.
  static func words(of line: String) -> [String] {
    line.split(whereSeparator: \.isWhitespace).flatMap { split(String($0)) }
  }

  private static func split(_ text: String) -> [String] {
    if text == "[MASK]" { return [text] }
    var word = Substring(text)
    var before: [String] = []
    var after: [String] = []
    while word.count > 1, let first = word.first, opening.contains(first) {
      before.append(String(word.removeFirst()))
    }
    while word.count > 1, let last = word.last, closing.contains(last), !isAbbreviation(word) {
      after.insert(String(word.removeLast()), at: 0)
    }
    if word.count > 2, word.hasSuffix("'s") {
      after.insert("'s", at: 0)
      word.removeLast(2)
    }
    return before + [String(word)] + after
  }

  /// Whether a word such as "U.S." keeps its last dot.
  private static func isAbbreviation(_ word: Substring) -> Bool {
    word.hasSuffix(".") && word.dropLast().contains(".")
  }
}

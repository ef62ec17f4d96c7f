/// The words of running text, cut as corpora cut them: at white space, with the punctuation at a word's ends split off.
///
/// A dot that belongs to an abbreviation such as `U.S.` stays, a possessive `'s` is a word of its own, and so is `[MASK]`.
enum TextWords {
  /// The range of each word, in Unicode scalars.
  static func ranges(in text: [Unicode.Scalar]) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var start = 0
    for index in 0...text.count where index == text.count || text[index].properties.isWhitespace {
      if start < index { words += split(start..<index, of: text) }
      start = index + 1
    }
    return words
  }

  private static let mask = Array("[MASK]".unicodeScalars)

  private static func split(_ run: Range<Int>, of text: [Unicode.Scalar]) -> [Range<Int>] {
    if text[run].elementsEqual(mask) { return [run] }
    var (start, end) = (run.lowerBound, run.upperBound)
    var before: [Range<Int>] = []
    var after: [Range<Int>] = []
    while end - start > 1, isPunctuation(text[start]) {
      before.append(start..<(start + 1))
      start += 1
    }
    while end - start > 1, isPunctuation(text[end - 1]),
      !isAbbreviation(text[start..<end])
    {
      after.append((end - 1)..<end)
      end -= 1
    }
    if end - start > 2, text[end - 1] == "s", text[end - 2] == "'" || text[end - 2] == "\u{2019}" {
      after.append((end - 2)..<end)
      end -= 2
    }
    return before + [start..<end] + after.reversed()
  }

  /// Whether a word that ends with a dot has another one inside.
  private static func isAbbreviation(_ word: ArraySlice<Unicode.Scalar>) -> Bool {
    guard word.last == "." else { return false }
    let inside = word.dropLast()
    return inside.contains(".") && inside.last != "."
  }

  private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .initialPunctuation, .finalPunctuation, .otherPunctuation:
      true
    default: false
    }
  }
}

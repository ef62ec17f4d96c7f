/// Cuts plain text into sentences and words, as the corpora have them from which students learn.
///
/// Words follow the Penn Treebank and CoNLL-2003: punctuation stands alone; "U.S.", "Mr.", "3.14", "1,000", "12:30", "1/2",
/// "well-known", "AT&T", addresses and e-mail stay whole; "n't", "'s", "'re" are words of their own. A Chinese character is a
/// word; other scripts without spaces stay as they are between white space and punctuation.
///
/// A line break ends a sentence. Within a line a sentence ends with ".", "!", "?" or "…" before white space, unless a small
/// letter follows or the dot belongs to a title or an initial, and with "。", "！" or "？".
///
/// Words are ranges of the text's UTF-8 bytes, in order and without overlap; everything outside them is white space.
/// Bytes that are no UTF-8 are taken for letters.
public struct TextSplitter {
  /// A sentence in a text.
  public struct Sentence: Sendable, Equatable {
    /// The byte ranges of its words, at least one.
    public let words: [Range<Int>]

    /// The bytes from the first word to the last.
    public var bytes: Range<Int> {
      (words.first?.lowerBound ?? 0)..<(words.last?.upperBound ?? 0)
    }
  }

  /// The sentences of a text.
  public static func sentences(in text: String) -> [Sentence] {
    var text = text
    return text.withUTF8 { sentences(in: $0) }
  }

  /// The sentences of UTF-8 text.
  public static func sentences(in text: UnsafeBufferPointer<UInt8>) -> [Sentence] {
    var splitter = TextSplitter(text)
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: 0x0A) ?? text.count
      splitter.splitLine(start..<end)
      start = end + 1
    }
    return splitter.sentences
  }

  /// The words of UTF-8 text, those of one sentence after those of the other; bytes that are no UTF-8 become U+FFFD.
  ///
  /// So is a text or a pair of texts read that gets one label.
  public static func words(in text: UnsafeBufferPointer<UInt8>) -> [String] {
    sentences(in: text).flatMap { sentence in
      sentence.words.map { String(decoding: text[$0], as: UTF8.self) }
    }
  }

  /// The words of a text, those of one sentence after those of the other.
  public static func words(in text: String) -> [String] {
    var text = text
    return text.withUTF8 { words(in: $0) }
  }

  /// A range of UTF-8 text with the combining marks, joiners and invisible characters that belong to it: those that follow
  /// it, and those before it that open a word.
  public static func withMarks(_ range: Range<Int>, in text: [UInt8]) -> Range<Int> {
    text.withUnsafeBufferPointer { text in
      var (start, end) = (range.lowerBound, range.upperBound)
      while end < text.count, case let next = TextCharacter(text, at: end), next.kind == .mark {
        end += next.length
      }
      var before = start
      while before > 0 {
        var previous = before - 1
        while previous > 0, text[previous] & 0xC0 == 0x80 { previous -= 1 }
        let kind = TextCharacter(text, at: previous).kind
        if kind == .space { start = before }
        guard kind == .mark else { break }
        before = previous
      }
      return (before == 0 ? 0 : start)..<end
    }
  }

  private let text: UnsafeBufferPointer<UInt8>
  private var words: WordSplitter
  private var sentences: [Sentence] = []

  private init(_ text: UnsafeBufferPointer<UInt8>) {
    self.text = text
    words = WordSplitter(text)
  }

  private mutating func splitLine(_ line: Range<Int>) {
    words.removeAll()
    var start = skipSpace(from: line.lowerBound, to: line.upperBound)
    let first = start
    while start < line.upperBound {
      let end = runEnd(from: start, to: line.upperBound)
      let next = skipSpace(from: end, to: line.upperBound)
      words.split(start..<end, isFirst: start == first, isLast: next == line.upperBound)
      start = next
    }
    cutSentences()
  }

  private func skipSpace(from start: Int, to limit: Int) -> Int {
    var index = start
    while index < limit {
      let character = TextCharacter(text, at: index)
      guard character.kind == .space else { break }
      index += character.length
    }
    return min(index, limit)
  }

  private func runEnd(from start: Int, to limit: Int) -> Int {
    var index = start
    while index < limit {
      let character = TextCharacter(text, at: index)
      guard character.kind != .space else { break }
      index += character.length
    }
    return min(index, limit)
  }

  // MARK: Sentences

  /// Cuts the words of a line where sentences end.
  private mutating func cutSentences() {
    let words = words.words
    var first = 0
    var quotes = 0
    var index = 0
    while index < words.count {
      let word = words[index]
      index += 1
      if isQuote(word) { quotes += 1 }
      guard word.ending != .none, word.ending != .open else { continue }
      // Quotation marks and brackets that close stand at the end of the sentence.
      while index < words.count, closes(words[index], behind: words[index - 1], quotes: quotes) {
        if isQuote(words[index]) { quotes += 1 }
        index += 1
      }
      guard index < words.count, ends(word, last: words[index - 1], before: index) else { continue }
      append(words[first..<index])
      first = index
      quotes = 0
    }
    append(words[first...])
  }

  private mutating func append(_ words: ArraySlice<SplitWord>) {
    guard !words.isEmpty else { return }
    sentences.append(Sentence(words: words.map { $0.start..<$0.end }))
  }

  private func isQuote(_ word: SplitWord) -> Bool {
    word.end - word.start == 1 && text[word.start] == 0x22
  }

  /// Whether a word behind the end of a sentence still belongs to it.
  private func closes(_ word: SplitWord, behind last: SplitWord, quotes: Int) -> Bool {
    let isAttached = word.start == last.end
    if isQuote(word) { return isAttached || quotes % 2 == 1 }
    switch TextCharacter(text, at: word.start).scalar {
    case 0x29, 0x5D, 0x7D, 0xBB, 0x201D, 0x300D, 0x300F, 0xFF09: return true
    case 0x27, 0x2019: return isAttached && word.end - word.start <= 3
    case 0x2E, 0x21, 0x3F: return isAttached
    default: return false
    }
  }

  /// Whether the sentence ends with a word, before the word at `next`.
  private func ends(_ word: SplitWord, last: SplitWord, before next: Int) -> Bool {
    let words = words.words
    if word.ending == .fullWidthTerminator { return true }
    if last.end == words[next].start {
      // "here.The"
      return last.start == word.start && last.end - last.start == 1
        && text[last.start] == .dot && text.isUppercase(at: last.end)
    }
    // The first word behind quotation marks and brackets tells.
    var start = next
    while start < words.count - 1, TextCharacter(text, at: words[start].start).isOpening {
      start += 1
    }
    if text.isLowercase(at: words[start].start) { return false }
    switch word.ending {
    case .abbreviation:
      return SentenceStarters.contains(text[words[start].start..<words[start].end])
    default:
      let character = TextCharacter(text, at: words[start].start)
      return character.kind != .punctuation || character.isOpening || start > next
    }
  }
}

/// Words that begin a sentence so often that a dot before them ended one, even the dot of "Inc.".
enum SentenceStarters {
  private static let words = Set(
    """
    A After All Although An And Another As At Because Before But By For From He Her His How However I If In It Its Last
    Many Meanwhile Most My No Now On Once One Our She Since So Some Such That The Their Then There These They This Those
    To Under We What When Where While Who Why With Yet You Your
    """.split(whereSeparator: \.isWhitespace).map(String.init))

  /// Whether the bytes are such a word.
  static func contains(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    word.count <= 9 && words.contains(String(decoding: word, as: UTF8.self))
  }
}

extension TextCharacter {
  /// Whether it opens a quotation or a parenthesis.
  var isOpening: Bool {
    switch scalar {
    case 0x22, 0x27, 0x28, 0x5B, 0x7B, 0x60, 0xAB, 0xBF, 0xA1, 0x2018, 0x201C, 0x300C, 0x300E: true
    default: false
    }
  }
}

import Files
import Labels
import Text

/// Reads a file with a text or a pair of texts in each row.
///
/// Empty lines are passed over. A whole text is one example, however many sentences it has.
struct TableParser: SentenceParser {
  /// What the columns hold.
  let table: TableLayout
  private var cutter: RecordCutter

  /// Reads rows of a layout.
  init(_ table: TableLayout) {
    self.table = table
    cutter = RecordCutter(separator: table.separator ?? RecordCutter.tab)
  }

  var task: TaskKind? { table.task }
  var hasExampleInEachLine: Bool { true }

  mutating func read(_ line: CorpusLine, into sentence: inout Example) throws -> LineKind {
    if !cutter.isOpen, ColumnLine.isBlank(line.bytes) { return .comment }
    if table.separator == nil { return .sentences([try fastTextExample(line)]) }
    if table.separator == RecordCutter.tab { try line.checkCarriageReturns() }
    guard try cutter.cut(line) else { return .comment }
    if cutter.line == table.line, !table.names.isEmpty { return .comment }
    return .sentences([try cutter.withRecord(line) { try example($0) }])
  }

  func checkEnd(file: String) throws {
    guard cutter.isOpen else { return }
    throw DataError(
      file: file, line: cutter.line, found: "the end of the file within a quoted field",
      expected: "a quotation mark at its end", remedy: "is one missing?")
  }

  func notices(of file: String) -> [String] { ["\(file): \(table.notice)"] }

  private func example(_ record: CorpusLine) throws -> Example {
    guard cutter.fields.count == table.count else { throw wrongCount(record) }
    var example = Example(line: record.number)
    for column in table.texts {
      if example.firstLength == nil, !example.words.isEmpty {
        example.firstLength = example.words.count
      }
      let text = try record.text(cutter.fields[column])
      example.words += try table.areWords ? record.splitWords(text) : record.words(of: text)
    }
    if let column = table.label {
      let label = try record.text(cutter.fields[column])
      try record.checkField(label, as: "label")
      example.label = label
    }
    if let column = table.group { example.group = try record.text(cutter.fields[column]) }
    return example
  }

  private func wrongCount(_ record: CorpusLine) -> DataError {
    let count = cutter.fields.count
    let names = table.names.isEmpty ? "" : ": \(table.names.joined(separator: ", "))"
    return record.error(
      found: "\(count) \(count == 1 ? "column" : "columns") in \(record.quoted)",
      expected: "\(table.count) as in line \(table.line)\(names)",
      remedy: table.separator == RecordCutter.tab
        ? "put one tab between two columns and none into a text"
        : "put a text with separators or quotation marks between quotation marks, and double those in it"
    )
  }

  private func fastTextExample(_ line: CorpusLine) throws -> Example {
    let text = try line.text(0..<line.bytes.count)
    let parts = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
    let mark = TableLayout.fastTextMark
    guard let label = parts.first, label.hasPrefix(mark) else {
      throw line.error(found: line.quoted, expected: "\(mark)LABEL before the text")
    }
    let rest = parts.count == 2 ? String(parts[1]) : ""
    guard !rest.split(separator: " ").contains(where: { $0.hasPrefix(mark) }) else {
      throw line.error(
        found: "more than one label in \(line.quoted)", expected: "one label for each text",
        remedy: "keep one of them")
    }
    let name = String(label.dropFirst(mark.count))
    try line.checkField(name, as: "label")
    return Example(words: try line.words(of: rest), label: name, line: line.number)
  }
}

extension CorpusLine {
  /// The words of running text, as `tag` and `classify` find them.
  ///
  /// - Throws: `DataError` for text without any.
  func words(of text: String) throws -> [String] {
    let words = TextSplitter.words(in: text)
    guard !words.isEmpty else {
      throw error(found: "an empty text", expected: "at least one word")
    }
    return words
  }

  /// The words of a field of `SplitWords`.
  ///
  /// - Throws: `DataError` for a field that is none, and for words that no file of words can hold.
  func splitWords(_ field: String) throws -> [String] {
    guard let words = SplitWords.words(of: field) else {
      throw error(
        found: "the words \(Self.quoted(field))",
        expected:
          "words with one space between two, \\s for a space and \\\\ for a backslash in them",
        remedy: "give running text in a column that is named sentence")
    }
    for word in words { try checkField(word, as: "word") }
    return words
  }
}

import Files
import Labels

/// Reads a column file: one word a line in columns, an empty line after each sentence.
///
/// The columns are separated by tabs or by runs of spaces. These lines are no words, unless they begin with a space:
/// - `-DOCSTART-`, which opens a document;
/// - the line that names the columns, at the file's start;
/// - comments: lines that begin with `#` before a sentence and either have another number of columns or end in no tag.
struct ColumnParser: SentenceParser {
  /// What the columns hold.
  let layout: ColumnLayout
  private var columns = ColumnLine()

  /// The word that opens a document.
  static let documentStart = "-DOCSTART-"

  /// Reads lines of a layout.
  init(_ layout: ColumnLayout) { self.layout = layout }

  mutating func read(_ line: CorpusLine, into sentence: inout Example) throws -> LineKind {
    if layout.isWhole { columns.takeWhole(line.bytes) } else { columns.cut(line.bytes) }
    guard let first = columns.fields.first else { return .end }
    if line.number == layout.nameLine { return .comment }
    if line.bytes[first].elementsEqual(Self.documentStart.utf8), first.lowerBound == 0 {
      return .documentStart
    }
    try line.checkCarriageReturns()
    if sentence.words.isEmpty, isComment(line) { return .comment }
    guard columns.fields.count == layout.roles.count else { throw wrongCount(line) }
    if let index = layout.index, ColumnHead.isRange(try line.text(columns.fields[index])) {
      return .comment
    }
    sentence.words.append(try line.text(columns.fields[layout.roles.word]))
    if let column = layout.roles.partOfSpeech {
      sentence.partsOfSpeech.append(try line.text(columns.fields[column]))
    }
    if let column = layout.roles.tag {
      sentence.tags.append(
        try line.checkedTag(
          try line.text(columns.fields[column]), in: "column \(column)",
          remedy: "name the columns, counted from 0, with --columns, such as word=0,pos=1,tag=-1; "
            + "one that is left out is not read"))
    }
    return .word
  }

  func notices(of file: String) -> [String] { layout.notice.map { ["\(file): \($0)"] } ?? [] }

  /// Whether a line before a sentence is a comment.
  private func isComment(_ line: CorpusLine) -> Bool {
    guard line.bytes.first == UInt8(ascii: "#") else { return false }
    guard columns.fields.count == layout.roles.count else { return true }
    guard let tag = layout.roles.tag, layout.hasMarkedTags else {
      return ["# sent_id", "# text", "# newdoc", "# newpar", "# id", "# global."].contains {
        line.bytes.starts(with: $0.utf8)
      }
    }
    return EntityTag(String(decoding: line.bytes[columns.fields[tag]], as: UTF8.self)) == nil
  }

  private func wrongCount(_ line: CorpusLine) -> DataError {
    let count = columns.fields.count
    return line.error(
      found: "\(count) \(count == 1 ? "column" : "columns") in \(line.quoted)",
      expected: "\(layout.roles.count) as in line \(layout.line)",
      remedy: "separate columns by a tab or by spaces, leave none empty, "
        + "and put an empty line between sentences")
  }
}

/// Reads a column file: one word a line in columns, an empty line after each sentence.
///
/// The columns are separated by tabs or by runs of spaces. `-DOCSTART-` lines open a document and are not words.
struct ColumnParser: SentenceParser {
  private let selection: ColumnSelection?
  private var layout: (roles: ColumnRoles, line: Int)?
  private var columns = ColumnLine()

  /// The word that opens a document.
  static let documentStart = "-DOCSTART-"

  /// Reads the columns that a user named, or the usual ones.
  init(columns selection: ColumnSelection?) { self.selection = selection }

  mutating func read(_ line: CorpusLine, into sentence: inout Sentence) throws -> LineKind {
    columns.cut(line.bytes)
    guard let first = columns.fields.first else { return .end }
    if line.bytes[first].elementsEqual(Self.documentStart.utf8) { return .documentStart }
    let roles = try roles(of: line)
    sentence.words.append(try line.text(columns.fields[roles.word]))
    if let column = roles.partOfSpeech {
      sentence.partsOfSpeech.append(try line.text(columns.fields[column]))
    }
    if let column = roles.tag {
      sentence.tags.append(
        try line.checkedTag(
          try line.text(columns.fields[column]), in: "column \(column)",
          remedy: "name the columns, counted from 0, with --columns, such as word=0,pos=1,tag=-1; "
            + "one that is left out is not read"))
    }
    return .word
  }

  /// The roles that the first line of words set; every other line must have as many columns.
  private mutating func roles(of line: CorpusLine) throws -> ColumnRoles {
    let count = columns.fields.count
    guard let layout else {
      let roles =
        try selection.map { try ColumnRoles($0, of: line, count: count) }
        ?? ColumnRoles(count: count)
      layout = (roles, line.number)
      return roles
    }
    guard count == layout.roles.count else {
      throw line.error(
        found: "\(count) \(count == 1 ? "column" : "columns") in \(line.quoted)",
        expected: "\(layout.roles.count) as in line \(layout.line)",
        remedy: "separate columns by a tab or by spaces, leave none empty, "
          + "and put an empty line between sentences")
    }
    return layout.roles
  }
}

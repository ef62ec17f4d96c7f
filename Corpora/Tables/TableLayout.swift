import Files
import Labels

/// How a file with a text or a pair of texts in each row is laid out, told by a user, by its first line or by its first rows.
///
/// Rows have tabs between their columns (the files of GLUE, MRPC and SICK; `label TAB text` without a first line of names),
/// commas or semicolons (CSV), or are those of fastText, `__label__x text`. A file of words in columns is not taken for one;
/// what may be either is an error that offers both.
struct TableLayout {
  /// The columns of the texts: one, or two of a pair.
  let texts: [Int]
  /// The column of the label; nil if there is none.
  let label: Int?
  /// The column by which scores can be reported; nil if there is none.
  let group: Int?
  /// How many columns each row has.
  let count: Int
  /// Whether the texts are words already, as `SplitWords` writes them.
  let areWords: Bool
  /// What stands between two columns; nil in a file of fastText's.
  let separator: UInt8?
  /// The names in the first line; empty if it has none.
  let names: [String]
  /// The first line.
  let line: Int

  /// What begins the lines of fastText's files.
  static let fastTextMark = "__label__"

  /// The task of its examples.
  var task: TaskKind { texts.count == 2 ? .pair : .sentence }

  /// A column as a message names it.
  func shown(_ column: Int) -> String {
    "column \(names.indices.contains(column) ? names[column] : String(column))"
  }

  /// What the file was taken for, in words for the user.
  var notice: String {
    guard separator != nil else { return "sentences with a label each, as fastText has them" }
    var parts = [
      "\(task == .pair ? "pairs of texts" : "sentences") "
        + (label == nil ? "without labels" : "with a label each")
    ]
    parts.append(
      task == .pair
        ? "the texts are \(shown(texts[0])) and \(shown(texts[1]))"
        : "text is \(shown(texts[0]))")
    if let label { parts[1] += ", label is \(shown(label))" }
    if let group { parts[1] += ", group is \(shown(group))" }
    return parts.joined(separator: "; ")
  }
}

extension TableLayout {
  /// Looks at the first lines of a file.
  ///
  /// - Parameters:
  ///   - lines: The lines, of which one at least is not blank.
  ///   - name: The file's name.
  ///   - format: How it is to be read.
  /// - Returns: The layout; nil for a file of words in columns.
  /// - Throws: `DataError` if columns that are named are not there, for labels that are decimal numbers, and for a file that may
  ///   hold words as well as texts.
  static func recognise(
    _ lines: some Collection<PeekableLines.Line>, name: String, format: CorpusFormat
  ) throws -> TableLayout? {
    let isWanted = format.asksForTexts
    if !isWanted, format.columns != nil || format.task == .tag { return nil }
    let head = try TableHead(lines, name: name, encoding: format.encoding)
    guard let first = lines.first else { return nil }
    if first.bytes.starts(with: fastTextMark.utf8) {
      return try TableLayout(fastText: first, name: name, format: format)
    }
    if !isWanted, first.bytes.first == UInt8(ascii: "#") && head.found == nil { return nil }
    if !isWanted, try !head.isTable() { return nil }
    return try TableLayout(head, format: format)
  }

  /// A file of fastText's, which has no columns to name.
  private init(fastText line: PeekableLines.Line, name: String, format: CorpusFormat) throws {
    guard format.task != .pair, format.columns?.texts == nil else {
      throw DataError(
        file: name, line: line.number, found: "fastText's form, \(Self.fastTextMark)LABEL TEXT",
        expected: format.task == .pair ? "pairs of texts" : "the columns of --columns",
        remedy: "leave --task and --columns out")
    }
    (texts, label, group, count) = ([1], 0, nil, 2)
    (areWords, separator, names, self.line) = (false, nil, [], line.number)
  }

  private init(_ head: TableHead, format: CorpusFormat) throws {
    let selection = format.columns?.texts ?? TextColumns()
    let hasNames = head.found != nil || selection.hasNames
    names = hasNames ? head.first : []
    count = head.first.count
    line = head.line
    separator = head.separator
    let found = head.found
    areWords = selection.texts.isEmpty && found?.areWords == true
    if let task = selection.task {
      texts = try selection.texts.map { try head.place($0, selection) }
      label = try selection.label.map { try head.place($0, selection) }
      if let wanted = format.task, wanted != task { throw head.mismatch(task, wanted: wanted) }
    } else {
      let guess = try found.map { ($0.texts, $0.label) } ?? head.guess(task: format.task)
      texts = guess.0
      label = try selection.label.map { try head.place($0, selection) } ?? guess.1
      let task: TaskKind = texts.count == 2 ? .pair : .sentence
      if let wanted = format.task, wanted != task { throw head.mismatch(task, wanted: wanted) }
    }
    group = try selection.group.map { try head.place($0, selection) }
    let places = texts + [label].compactMap(\.self)
    guard Set(places).count == places.count else {
      throw head.error(
        expected: "a column for each of --columns \(selection)",
        remedy: "name every column at most once")
    }
    if let label { try head.checkIsNoScore(label, texts: texts) }
  }
}

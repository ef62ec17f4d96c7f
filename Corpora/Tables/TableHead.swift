import Files
import Labels

/// The first rows of a table, cut into columns.
struct TableHead {
  /// What stands between two columns.
  let separator: UInt8
  /// The fields of the first row, which may be names.
  let first: [String]
  /// The line of the first row.
  let line: Int
  /// What the first row says if it is one of names.
  let found: TextNames.Found?

  private let file: String
  /// Whether a separator stands between two fields of the first line, rather than at its ends.
  private let hasSeparator: Bool
  /// The rows with as many fields as the first, without the first if it is one of names.
  private var rows: [[String]] = []
  /// Whether blank lines stand between others, as after each sentence of a file of words.
  private var hasBlankLines = false

  /// Cuts lines of a file.
  init(
    _ lines: some Collection<PeekableLines.Line>, name: String, encoding: TextEncoding
  ) throws {
    file = name
    separator = Self.separator(of: lines.first?.bytes ?? [], name: name)
    hasSeparator =
      separator != RecordCutter.tab
      || ColumnLine.content(lines.first?.bytes ?? []).contains(RecordCutter.tab)
    var cutter = RecordCutter(separator: separator)
    var all: [[String]] = []
    var blank = false
    var firstLine = 1
    for line in lines {
      if ColumnLine.isBlank(line.bytes), !cutter.isOpen {
        blank = !all.isEmpty
        continue
      }
      let isWhole = line.bytes.withUnsafeBufferPointer { bytes in
        // What cannot be read here is an error where it is read.
        try? cutter.cut(
          CorpusLine(bytes: bytes, number: line.number, file: name, encoding: encoding))
      }
      guard isWhole == true else { continue }
      hasBlankLines = hasBlankLines || blank
      if all.isEmpty { firstLine = cutter.line }
      all.append(
        cutter.fields.map { field in
          cutter.bytes[field].withUnsafeBufferPointer {
            encoding.decode($0) ?? String(decoding: $0, as: UTF8.self)
          }
        })
    }
    let first = all.first ?? []
    self.first = first
    line = firstLine
    let found = TextNames.find(in: first)
    rows = all.dropFirst().filter { $0.count == first.count }
    // A single text of that name says nothing, unless what follows are texts.
    let isName = first.count > 1 || found?.areWords == true || Self.areTexts(rows.map { $0[0] })
    self.found = isName ? found : nil
    if self.found == nil, !all.isEmpty { rows.insert(first, at: 0) }
  }

  /// A tab where the first line has one; else a comma or semicolon in CSV, which its name or a first line of names tells.
  private static func separator(of line: [UInt8], name: String) -> UInt8 {
    if line.contains(RecordCutter.tab) { return RecordCutter.tab }
    let isNamed = name.lowercased().hasSuffix(".csv")
    for separator in [UInt8(ascii: ","), UInt8(ascii: ";")] where line.contains(separator) {
      var cutter = RecordCutter(separator: separator)
      let isWhole = line.withUnsafeBufferPointer { bytes in
        try? cutter.cut(CorpusLine(bytes: bytes, number: 1, file: name, encoding: .utf8))
      }
      let fields = cutter.fields.map { String(decoding: cutter.bytes[$0], as: UTF8.self) }
      if isNamed || isWhole == true && TextNames.find(in: fields) != nil { return separator }
    }
    return isNamed ? UInt8(ascii: ",") : RecordCutter.tab
  }

  private func values(_ column: Int) -> [String] { rows.map { $0[column] } }

  /// How many words a field has between its spaces.
  private static func wordCount(_ field: String) -> Int {
    field.utf8.split(separator: UInt8(ascii: " ")).count
  }

  /// Whether half of the fields or more have three words.
  private static func areTexts(_ fields: [String]) -> Bool {
    !fields.isEmpty && fields.count { wordCount($0) >= 3 } * 2 >= fields.count
  }

  /// The columns of texts by what is in them.
  private var textColumns: [Int] { first.indices.filter { Self.areTexts(values($0)) } }

  /// Whether a column holds short fields alone, as labels are.
  private func isShort(_ column: Int) -> Bool {
    values(column).allSatisfy { !$0.isEmpty && Self.wordCount($0) <= 3 }
  }

  private func areTags(_ column: Int) -> Bool {
    let values = values(column)
    return !values.isEmpty && values.count { EntityTag($0) != nil } * 10 >= values.count * 9
  }
}

// MARK: What the rows hold

extension TableHead {
  /// Whether these are rows of texts; false for words in columns.
  ///
  /// - Throws: `DataError` if they may be either.
  func isTable() throws -> Bool {
    guard first.count >= 2, hasSeparator else { return found != nil }
    let mayBeWords = ColumnNames(row: first) != nil
    if let found, found.areWords || !mayBeWords { return true }
    // Entity tags belong to words, and so do empty lines.
    if first.indices.contains(where: areTags) { return false }
    if found != nil {
      if separator != RecordCutter.tab || !textColumns.isEmpty { return true }
      if hasBlankLines { return false }
      throw uncertain(
        "names in line \(line) that words in columns have too",
        options: "--task sentence for texts, or --task tag for words in columns")
    }
    guard !hasBlankLines, !mayBeWords else { return false }
    if !textColumns.isEmpty { return true }
    guard separator == RecordCutter.tab else {
      return !rows.isEmpty
    }
    let last = values(first.count - 1)
    guard first.count == 2, last.contains(where: { $0.utf8.contains(0x20) }) else { return false }
    throw uncertain(
      "two columns, of which the last has spaces in it",
      options: "--task sentence for a label and a text, or --task tag for words in columns")
  }

  /// The columns of texts and label in rows without names.
  ///
  /// - Throws: `DataError` if they are not certain.
  func guess(task: TaskKind?) throws -> (texts: [Int], label: Int?) {
    let texts = textColumns
    if first.count == 1, task != .pair { return ([0], nil) }
    if first.count == 2 {
      if task == .pair { return ([0, 1], nil) }
      if texts.count == 1, isShort(1 - texts[0]) {
        if looksLikeNames(text: texts[0], label: 1 - texts[0]) { throw unknownNames(texts) }
        return (texts, 1 - texts[0])
      }
      if task == .sentence, texts.isEmpty { return ([1], 0) }
    }
    if first.count == 3, task == .pair, texts.count == 2,
      let label = first.indices.first(where: { !texts.contains($0) }), isShort(label)
    {
      if looksLikeNames(text: texts[0], label: label) { throw unknownNames(texts) }
      return (texts, label)
    }
    throw unknownNames(texts)
  }

  /// Whether the first row is one of names that are not known here: its label comes once, where its text is no text.
  private func looksLikeNames(text: Int, label: Int) -> Bool {
    rows.count >= 3 && Self.wordCount(first[text]) <= 2
      && values(label).count { $0 == first[label] } == 1
  }

  /// Makes sure that a column of labels is none of scores: of many different decimal numbers.
  ///
  /// - Throws: `DataError` if it is.
  func checkIsNoScore(_ column: Int, texts: [Int]) throws {
    let values = values(column)
    let numbers = values.compactMap(Double.init)
    guard numbers.count == values.count, numbers.contains(where: { $0 != $0.rounded() }) else {
      return
    }
    let different = Set(numbers).count
    guard different > 10 || different >= 4 && different * 2 > numbers.count else { return }
    let shown = values.reduce(into: [String]()) { shown, value in
      if shown.count < 3, !shown.contains(value) { shown.append(value) }
    }
    throw error(
      found: "decimal numbers in \(self.shown(column)), such as \(shown.joined(separator: ", "))",
      expected: "labels, which are names or whole numbers; scores cannot be learnt",
      remedy: "name the label's column with --columns label=...; there are \(allShown); without a "
        + "label the texts are read by --columns \(selection(texts))")
  }

  /// The place of a column that a user named.
  ///
  /// - Throws: `DataError` if there is none.
  func place(_ place: ColumnPlace, _ selection: TextColumns) throws -> Int {
    switch place {
    case .number(let number):
      let index = number < 0 ? first.count + number : number
      if first.indices.contains(index) { return index }
    case .name(let name):
      let index =
        first.firstIndex { $0.utf8.elementsEqual(name.utf8) }
        ?? first.firstIndex { $0.lowercased() == name.lowercased() }
      if let index { return index }
    }
    throw error(
      expected: "a column \(place), as in --columns \(selection)",
      remedy: "there are \(allShown); columns count from 0, or from the end as -1, -2")
  }
}

// MARK: Errors

extension TableHead {
  /// An error at the first row.
  func error(found: String? = nil, expected: String, remedy: String) -> DataError {
    let count = "\(first.count) \(first.count == 1 ? "column" : "columns")"
    let shown = CorpusLine.quoted(first.joined(separator: " "))
    return DataError(
      file: file, line: line, found: found ?? "\(count) in \(shown)", expected: expected,
      remedy: remedy)
  }

  /// The error for texts of another task than the one that is asked for.
  func mismatch(_ task: TaskKind, wanted: TaskKind) -> DataError {
    error(
      found: task == .pair ? "pairs of texts" : "single texts",
      expected: wanted == .pair ? "two texts in each row, for --task pair" : "the task \(wanted)",
      remedy: wanted == .pair
        ? "name both with --columns text_a=...,text_b=...; there are \(allShown)"
        : "name the one with --columns text=...; there are \(allShown)")
  }

  private func shown(_ column: Int) -> String {
    "column \(found == nil ? String(column) : first[column])"
  }

  /// The columns that there are, by number and by what stands first in them.
  private var allShown: String {
    first.enumerated().map { "\($0.offset) (\(CorpusLine.clipped($0.element)))" }
      .joined(separator: ", ")
  }

  private func selection(_ texts: [Int]) -> TextColumns {
    TextColumns(
      texts: texts.map { found == nil ? .number($0) : .name(first[$0]) })
  }

  /// The error for columns of which it is not certain what they hold, with what to say.
  private func unknownNames(_ texts: [Int]) -> DataError {
    let others = first.indices.filter { !texts.contains($0) }
    let isNames = others.contains { column in
      rows.count >= 3 && values(column).count { $0 == first[column] } == 1
        && texts.allSatisfy { Self.wordCount(first[$0]) <= 2 }
    }
    func place(_ column: Int) -> ColumnPlace { isNames ? .name(first[column]) : .number(column) }
    let pairs: [[Int]] =
      texts.count == 2 ? [texts] : texts.isEmpty ? [] : texts.map { [$0] }
    var options: [String] = []
    for choice in pairs {
      let labels = others.filter(isShort)
      for label in labels.isEmpty ? [] : labels {
        options.append(
          "--columns \(TextColumns(texts: choice.map(place), label: place(label)))")
      }
      if labels.isEmpty { options.append("--columns \(TextColumns(texts: choice.map(place)))") }
    }
    let offered = options.prefix(4).joined(separator: " or ")
    return uncertain(
      isNames
        ? "names of columns that are not known in \(CorpusLine.quoted(first.joined(separator: " ")))"
        : "\(first.count) \(first.count == 1 ? "column" : "columns") without names, of which "
          + "\(texts.count) \(texts.count == 1 ? "holds" : "hold") texts",
      options: (offered.isEmpty ? "--columns text=...,label=... for texts" : offered)
        + ", or --task tag for words in columns")
  }

  private func uncertain(_ found: String, options: String) -> DataError {
    error(
      found: found,
      expected: "a first line with names such as sentence and label, or sentence1, sentence2 and "
        + "label; or a label, a tab and a text in each line",
      remedy: "say what the file holds with \(options)")
  }
}

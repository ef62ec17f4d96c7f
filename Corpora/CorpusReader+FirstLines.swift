import Files
import Labels

extension CorpusReader {
  /// What the columns of the file hold; nil if it has none.
  func columnLayout() throws -> ColumnLayout? {
    if parser == nil { try open() }
    return (parser as? ColumnParser)?.layout
  }

  /// Looks at the first lines and chooses what reads them.
  func open() throws {
    try peek {
      !ColumnLine.isBlank($0) && $0.first != UInt8(ascii: "#")
        && !$0.starts(with: ColumnParser.documentStart.utf8)
    }
    try lines.head.first?.bytes.withUnsafeBufferPointer {
      try line($0, number: lines.head.first?.number ?? 1).checkIsText()
    }
    let first = lines.head.first?.number ?? 1
    let kind = CorpusKind(
      name: name, hasSelection: format.columns != nil || format.asksForTexts, head: lines.head)
    switch kind {
    case .jsonLines:
      guard format.columns == nil || format.asksForTexts else {
        throw DataError(
          file: name, line: first, found: "JSON Lines",
          expected: "columns, because --columns is given", remedy: "leave --columns out")
      }
      parser = JSONLinesParser(format)
    case .conllu:
      guard !format.asksForTexts else {
        throw DataError(
          file: name, line: first, found: "CoNLL-U", expected: "texts with a label each",
          remedy: "leave out what asks for texts: \(format)")
      }
      let roles = try format.columns.map {
        try ColumnRoles(
          $0, of: ColumnHead(lines.head, encoding: format.encoding), file: name,
          count: ConlluParser.fieldCount)
      }
      parser = ConlluParser(roles)
    case .columns:
      try lines.head.first?.bytes.withUnsafeBufferPointer {
        try line($0, number: first).checkCarriageReturns()
      }
      // The first line of a stream of texts is answered before others come.
      if !(answersEarly && format.asksForTexts) {
        try peek { answersEarly && ColumnLine.isBlank($0) }
      }
      if let table = try TableLayout.recognise(lines.head, name: name, format: format) {
        parser = TableParser(table)
      } else {
        let head = ColumnHead(lines.head, encoding: format.encoding)
        parser = ColumnParser(try ColumnLayout(head, selection: format.columns, of: name))
      }
    }
  }

  /// Looks at lines until one is the last that is wanted, or there are as many as a `ColumnHead` takes.
  private func peek(until isLast: ([UInt8]) -> Bool) throws {
    var bytes = lines.head.reduce(0) { $0 + $1.bytes.count }
    while lines.head.count < ColumnHead.maximumLines, bytes < ColumnHead.maximumBytes,
      let line = try lines.peek()
    {
      bytes += line.bytes.count
      if isLast(line.bytes) { return }
    }
  }
}

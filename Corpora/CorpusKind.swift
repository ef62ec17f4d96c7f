import Files
import Labels

/// The file formats of a corpus.
enum CorpusKind: Equatable {
  case columns
  case conllu
  case jsonLines

  /// Recognises a format by the file's name, else by its first lines.
  ///
  /// CoNLL-U is a file whose first line of a word has ten fields, of which the first is an ID; comments before it say nothing.
  /// A file of another count of fields is taken for CoNLL-U only if its name ends so and no columns are named.
  init(name: String, hasSelection: Bool, head: some Collection<PeekableLines.Line>) {
    let name = name.lowercased()
    let lines = head.lazy.map(\.bytes).filter { !$0.allSatisfy(Self.isSpace) }
    if [".jsonl", ".ndjson", ".json"].contains(where: name.hasSuffix)
      || lines.first.map(Self.isJSON) == true
    {
      self = .jsonLines
      return
    }
    let isNamed = name.hasSuffix(".conllu")
    if let names = lines.first.flatMap(ColumnNames.init(declaredBy:)) {
      self = names.areThoseOfConllu ? .conllu : .columns
    } else if let word = lines.first(where: { $0.first != UInt8(ascii: "#") }) {
      self = Self.isConllu(word) || isNamed && !hasSelection ? .conllu : .columns
    } else {
      self = isNamed && !hasSelection ? .conllu : .columns
    }
  }

  /// Whether a line is JSON that examples come in: an object, or the start of an array of them.
  static func isJSON(_ line: [UInt8]) -> Bool { isObject(line) || isArray(line) }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// Whether a line ends with `}` and begins as `{"key":` does, or is an empty object.
  private static func isObject(_ line: [UInt8]) -> Bool {
    var rest = line.drop(while: isSpace)
    guard line.last(where: { !isSpace($0) }) == UInt8(ascii: "}"),
      rest.popFirst() == UInt8(ascii: "{")
    else { return false }
    rest = rest.drop(while: isSpace)
    guard rest.popFirst() == UInt8(ascii: "\"") else { return rest.first == UInt8(ascii: "}") }
    while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
      if byte == UInt8(ascii: "\\") { _ = rest.popFirst() }
    }
    return rest.first { !isSpace($0) } == UInt8(ascii: ":")
  }

  /// Whether a line opens an array of objects or of pairs, or is a pair of a text and an object.
  private static func isArray(_ line: [UInt8]) -> Bool {
    let start = line.lazy.filter { !isSpace($0) }.prefix(3)
    if [#"[{""#, #"[[""#].contains(where: { start.elementsEqual($0.utf8) }) { return true }
    let end = line.lazy.reversed().filter { !isSpace($0) }.prefix(2)
    return start.starts(with: #"[""#.utf8) && end.elementsEqual("]}".utf8)
  }

  /// Whether a line has ten tab-separated fields of which the first is 1, 1-n or 0.n.
  private static func isConllu(_ line: [UInt8]) -> Bool {
    guard line.count(where: { $0 == 0x09 }) == ConlluParser.fieldCount - 1 else { return false }
    let id = Array(line.prefix { $0 != 0x09 })
    return id == [0x31] || id.starts(with: [0x31, 0x2D]) || id.starts(with: [0x30, 0x2E])
  }
}

/// What the beginning of a file or a stream shows of its form.
public enum CorpusEvidence: Sendable {
  /// A column file: it begins with `-DOCSTART-`, or its first lines have two columns or more and a tag in the last, or ten
  /// columns between tabs, as CoNLL-U has.
  case columns
  /// Perhaps a column file: lines of the same number of columns between tabs, or a single line with a tag at its end.
  case perhapsColumns
  /// JSON.
  case json
  /// Neither.
  case text

  /// Looks at the first bytes of a file or a stream.
  ///
  /// - Parameters:
  ///   - head: The bytes, of which only whole lines count, if there are any.
  ///   - isFile: Whether it is a file, of which a single line may be all; of a stream others may follow.
  public init(head: [UInt8], isFile: Bool) {
    let end = head.lastIndex(of: 0x0A) ?? head.endIndex
    let lines = head[..<end].split(separator: 0x0A).prefix(20)
      .map { $0.last == 0x0D ? $0.dropLast() : $0 }
    var rows: [(fields: Int, hasTabs: Bool, endsInTag: Bool)] = []
    for line in lines {
      let row: (first: String, last: String, count: Int)? = line.withUnsafeBufferPointer { bytes in
        guard bytes.first != UInt8(ascii: "#"), !ColumnLine.isBlank(bytes) else { return nil }
        var columns = ColumnLine()
        columns.cut(bytes)
        func field(_ range: Range<Int>?) -> String {
          range.map { String(decoding: bytes[$0], as: UTF8.self) } ?? ""
        }
        return (field(columns.fields.first), field(columns.fields.last), columns.fields.count)
      }
      guard let row else { continue }
      if row.first == ColumnParser.documentStart {
        self = .columns
        return
      }
      rows.append((row.count, line.contains(0x09), EntityTag(row.last) != nil))
    }
    guard let first = rows.first else {
      self = .text
      return
    }
    let isColumns = rows.allSatisfy {
      $0.fields >= 2 && $0.endsInTag || $0.hasTabs && $0.fields == ConlluParser.fieldCount
    }
    let isTable =
      rows.count > 1
      && rows.allSatisfy { $0.hasTabs && $0.fields == first.fields && $0.fields >= 2 }
    if isColumns {
      self = rows.count > 1 || first.hasTabs || isFile ? .columns : .perhapsColumns
    } else if isTable {
      self = .perhapsColumns
    } else {
      self = Self.isJSON(lines) ? .json : .text
    }
  }

  private static func isJSON(_ lines: some Collection<ArraySlice<UInt8>>) -> Bool {
    lines.first.map { CorpusKind.isJSON(Array($0)) } ?? false
  }
}

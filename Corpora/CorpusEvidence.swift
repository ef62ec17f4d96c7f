import Files
import Labels

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

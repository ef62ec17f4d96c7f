/// One line of a column file, cut into its fields.
///
/// A line that holds a tab is cut at runs of tabs, so that its words may hold spaces; any other line at runs of spaces.
/// Spaces and tabs at either end of the line separate nothing, and spaces at either end of a field belong to no field.
struct ColumnLine {
  /// The byte range of each field within the line.
  private(set) var fields: [Range<Int>] = []

  private static let space = UInt8(ascii: " ")
  private static let tab = UInt8(ascii: "\t")

  /// Cuts a line, reusing the storage of the one before.
  mutating func cut(_ line: UnsafeBufferPointer<UInt8>) {
    fields.removeAll(keepingCapacity: true)
    let content = Self.content(line)
    let separator = line[content].contains(Self.tab) ? Self.tab : Self.space
    var start = content.lowerBound
    while start < content.upperBound {
      let end = line[start..<content.upperBound].firstIndex(of: separator) ?? content.upperBound
      let field = Self.trimmed(start..<end, of: line)
      if !field.isEmpty { fields.append(field) }
      start = end + 1
    }
  }

  /// Takes a whole line for one field, for files of a single column whose words may hold spaces.
  mutating func takeWhole(_ line: UnsafeBufferPointer<UInt8>) {
    fields.removeAll(keepingCapacity: true)
    let content = Self.content(line)
    if !content.isEmpty { fields.append(content) }
  }

  /// Whether nothing but spaces and tabs is in a line.
  static func isBlank(_ line: some Collection<UInt8>) -> Bool {
    line.allSatisfy { $0 == space || $0 == tab }
  }

  /// What of a field is neither space at its start nor at its end.
  static func trimmed(_ range: Range<Int>, of line: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, line[start] == space { start += 1 }
    while end > start, line[end - 1] == space { end -= 1 }
    return start..<end
  }

  /// A line without spaces and tabs at its ends.
  static func content(_ line: [UInt8]) -> ArraySlice<UInt8> {
    line.withUnsafeBufferPointer { line[content($0)] }
  }

  private static func content(_ line: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    func isMargin(_ byte: UInt8) -> Bool { byte == space || byte == tab }
    guard let first = line.firstIndex(where: { !isMargin($0) }),
      let last = line.lastIndex(where: { !isMargin($0) })
    else { return 0..<0 }
    return first..<(last + 1)
  }
}

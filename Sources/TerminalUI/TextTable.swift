import Files

/// A table of aligned columns for a terminal, two spaces between columns.
///
///     student        F1   parameters
///     -----------  ----  -----------
///     teacher      86.7   22,565,769
public struct TextTable: Sendable {
  /// A column's title and the side at which its cells stand.
  public struct Column: Sendable {
    let title: String
    let isRightAligned: Bool

    /// A column of words.
    public static func left(_ title: String) -> Column {
      Column(title: title, isRightAligned: false)
    }

    /// A column of numbers.
    public static func right(_ title: String) -> Column {
      Column(title: title, isRightAligned: true)
    }
  }

  private static let longestCell = 400

  private let columns: [Column]
  /// The rows; nil is a rule across the table.
  private var rows: [[String]?] = []

  /// A table without rows.
  public init(columns: [Column]) {
    self.columns = columns.map { column in
      Column(title: Self.cell(column.title), isRightAligned: column.isRightAligned)
    }
  }

  /// Adds a row; missing cells are empty, and cells beyond the last column are left out.
  ///
  /// Cells may hold what stands in files: see `printable`.
  public mutating func add(row cells: [String]) {
    rows.append((0..<columns.count).map { $0 < cells.count ? Self.cell(cells[$0]) : "" })
  }

  private static func cell(_ text: String) -> String {
    clipped(printable(text), to: longestCell)
  }

  /// Adds a rule across the table.
  public mutating func addRule() {
    rows.append(nil)
  }

  /// The lines of the table, none of them with blanks at its end.
  public func lines(color: ColorPolicy = .never) -> [String] {
    let widths = columns.indices.map { column in
      rows.reduce(displayWidth(columns[column].title)) { widest, row in
        max(widest, row.map { displayWidth($0[column]) } ?? 0)
      }
    }
    let rule = widths.map { String(repeating: "-", count: $0) }.joined(separator: "  ")
    let heading = color.paint(line(columns.map(\.title), widths: widths), .heading)
    return [heading, rule] + rows.map { $0.map { line($0, widths: widths) } ?? rule }
  }

  /// The table as text, every line ended.
  public func rendered(color: ColorPolicy = .never) -> String {
    lines(color: color).map { $0 + "\n" }.joined()
  }

  private func line(_ cells: [String], widths: [Int]) -> String {
    var line = ""
    for (column, cell) in cells.enumerated() {
      if column > 0 { line += "  " }
      let padding = String(repeating: " ", count: widths[column] - displayWidth(cell))
      line += columns[column].isRightAligned ? padding + cell : cell + padding
    }
    while line.last == " " { line.removeLast() }
    return line
  }
}

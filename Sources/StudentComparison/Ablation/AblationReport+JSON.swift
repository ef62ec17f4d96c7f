import Files
import JSON

extension AblationReport {
  /// The version of ablation.json that this program reads and writes.
  static let jsonFormat = 1

  /// The report as ablation.json; seeds as in report.json.
  public var json: JSONValue {
    [
      "format": .integer(Self.jsonFormat),
      "run": run.json,
      "teacher": teacher.json,
      "direct": .array(direct.map(\.json)),
      "groups": .array(
        groups.map { group in
          ["name": .string(group.name), "rows": .array(group.rows.map(\.json))]
        }),
    ]
  }

  /// Reads ablation.json.
  ///
  /// - Throws: `FileError` if it cannot be read, `DataError` if it is not an ablation of this format.
  public static func read(path: String) throws -> AblationReport {
    try AblationReport(json: JSONValue.read(path: path), file: path)
  }

  /// Takes a report out of a JSON document.
  ///
  /// - Parameters:
  ///   - json: The document.
  ///   - file: Its name for messages.
  /// - Throws: `DataError` naming the field that is missing or out of range.
  public init(json: JSONValue, file: String) throws {
    let report = ReportReader(
      json: json, path: "", file: file, command: "compare-students ablate")
    guard try report.count("format") == Self.jsonFormat else {
      throw report.failure("format", expected: "the format \(Self.jsonFormat)")
    }
    self.init(
      run: try ComparisonReport.Run(report.member("run")),
      teacher: try SeedResult(report.member("teacher")),
      direct: try report.elements("direct").map { try SeedResult($0) },
      groups: try report.elements("groups").map { group in
        Group(name: try group.string("name"), rows: try group.elements("rows").map(Row.init))
      })
  }
}

extension AblationReport.Row {
  fileprivate var json: JSONValue {
    [
      "title": .string(title), "is_base": .bool(isBase), "transfer_rows": .integer(transferRows),
      "difference": .number(difference), "p_value": .optional(pValue),
      "seeds": .array(seeds.map(\.json)),
    ]
  }

  fileprivate init(_ reader: ReportReader) throws {
    self.init(
      title: try reader.string("title"), isBase: try reader.boolean("is_base"),
      transferRows: try reader.count("transfer_rows"),
      seeds: try reader.elements("seeds").map { try SeedResult($0) },
      difference: try reader.difference("difference"),
      pValue: try reader.optionalNumber("p_value"))
  }
}

import Files
import JSON
import Labels

extension AblationReport {
  /// The version of ablation.json that this program reads and writes.
  static let jsonFormat = 1

  /// The report as ablation.json; seeds as in report.json.
  public var json: JSONValue {
    [
      "format": .integer(Self.jsonFormat),
      "run": run.json,
      "teacher": teacher.json(run.task),
      "direct": .array(direct.map { $0.json(run.task) }),
      "groups": .array(
        groups.map { group in
          ["name": .string(group.name), "rows": .array(group.rows.map { $0.json(run.task) })]
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
    let run = try ComparisonReport.Run(report.member("run"))
    self.init(
      run: run, teacher: try SeedResult(report.member("teacher"), run.task),
      direct: try report.elements("direct").map { try SeedResult($0, run.task) },
      groups: try report.elements("groups").map { group in
        Group(
          name: try group.string("name"),
          rows: try group.elements("rows").map { try Row($0, run.task) })
      })
  }
}

extension AblationReport.Row {
  fileprivate func json(_ task: TaskKind) -> JSONValue {
    [
      "title": .string(title), "is_base": .bool(isBase), "transfer_rows": .integer(transferRows),
      "difference": .number(difference), "p_value": .optional(pValue),
      "seeds": .array(seeds.map { $0.json(task) }),
    ]
  }

  fileprivate init(_ reader: ReportReader, _ task: TaskKind) throws {
    self.init(
      title: try reader.string("title"), isBase: try reader.boolean("is_base"),
      transferRows: try reader.count("transfer_rows"),
      seeds: try reader.elements("seeds").map { try SeedResult($0, task) },
      difference: try reader.difference("difference"),
      pValue: try reader.optionalNumber("p_value"))
  }
}

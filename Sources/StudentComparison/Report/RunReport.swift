import Files
import JSON
import TerminalUI

/// All that a run's folder holds to report on: a comparison, an ablation, or both.
public struct RunReport: Sendable, Equatable {
  /// What `compare-students run` left.
  public var comparison: ComparisonReport?
  /// What `compare-students ablate` left.
  public var ablation: AblationReport?

  /// Collects reports.
  public init(comparison: ComparisonReport?, ablation: AblationReport?) {
    self.comparison = comparison
    self.ablation = ablation
  }

  /// The files in a run's folder that can be reported on.
  static let files = (comparison: "report.json", ablation: "ablation.json")

  /// Reads what a run's folder holds.
  ///
  /// - Throws: `FileError` if there is nothing to report on, `DataError` if it is not of this program's format.
  public static func read(folder: String) throws -> RunReport {
    let ablation = "\(folder)/\(files.ablation)"
    let comparison = "\(folder)/\(files.comparison)"
    let hasAblation = Folders.exists(ablation)
    return RunReport(
      comparison: !hasAblation || Folders.exists(comparison)
        ? try ComparisonReport.read(path: comparison) : nil,
      ablation: hasAblation ? try AblationReport.read(path: ablation) : nil)
  }

  /// The report as one HTML file.
  public func html() -> String { comparison?.html(ablation: ablation) ?? ablation?.html() ?? "" }

  /// The report as Markdown.
  public func markdown() -> String {
    comparison?.markdown(ablation: ablation) ?? ablation?.markdown() ?? ""
  }

  /// The tables for a terminal.
  public func terminalText(color: ColorPolicy = .never) -> String {
    [comparison?.terminalText(color: color), ablation?.terminalText(color: color)]
      .compactMap(\.self).joined(separator: "\n")
  }

  /// report.json, with an ablation as its member `ablation`; or ablation.json alone.
  public var json: JSONValue {
    guard var object = comparison?.json.object else { return ablation?.json ?? .null }
    if let ablation { object["ablation"] = ablation.json }
    return .object(object)
  }
}

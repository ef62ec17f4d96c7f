import ArgumentParser
import Distillation
import Files
import JSON
import StudentComparison
import TerminalUI

/// The forms of a report.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
  case html
  case md
  case json
}

/// `compare-students report`: shows what a run measured.
struct ReportCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract:
      "Print the table of a comparison or an ablation, and write report.html and report.md to its folder.",
    discussion: """
      Examples:
        compare-students report
            Report on the latest run below runs/.
        compare-students report --run runs/default --format md
            Print the report of a run as Markdown.
      """)

  @Option(
    name: .customLong("run"),
    help: ArgumentHelp("The folder of the run. (default: the latest below runs/)", valueName: "dir")
  )
  var runFolder: String?

  @Option(
    help: ArgumentHelp(
      "Print the report as html, md or json and write no files. "
        + "(default: print a table and write the files)", valueName: "form"))
  var format: ReportFormat?

  @OptionGroup(title: "General options") var common: CommonOptions

  func validate() throws {
    try common.check(inputs: [runFolder])
  }

  mutating func run() throws {
    var summary = RunSummary(command: "compare-students report")
    let folder = try runFolder ?? LatestRun.path(below: "runs")
    let report = try RunReport.read(folder: folder)
    switch format {
    case .html: print(report.html(), terminator: "")
    case .md: print(report.markdown(), terminator: "")
    case .json: print(report.json.text(.pretty))
    case nil:
      try AtomicFileWriter.write(report.html(), to: "\(folder)/report.html")
      try AtomicFileWriter.write(report.markdown(), to: "\(folder)/report.md")
      print(report.terminalText(color: .forDescriptor(1)), terminator: "")
      common.log("the report lies in \(folder)/report.html and \(folder)/report.md")
    }
    summary["run"] = .string(folder)
    summary["students"] = .integer(report.comparison?.students.count ?? 0)
    summary["variants"] = .integer(report.ablation?.groups.reduce(0) { $0 + $1.rows.count } ?? 0)
    try summary.write(common)
  }
}

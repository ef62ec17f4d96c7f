import Evaluation
import Labels
import TerminalUI

extension ComparisonReport {
  /// The report as Markdown (report.md), readable as plain text too.
  ///
  /// - Parameter ablation: An ablation of the same run, for a section of its own.
  /// - Returns: The text of the file.
  public func markdown(ablation: AblationReport? = nil) -> String {
    var text = "# Student comparison\n\n"
    if let summary { text += "\(markdownEscaped(summary))\n\n" }
    let columns = ReportColumn.all(run.task)
    text += markdownTable(
      titles: columns.map(\.title), isNumber: columns.map(\.isNumber),
      rows: students.map { student in columns.map { $0.cell(student, self) } })
    text += "\n" + notes.map { "- \(markdownEscaped($0))\n" }.joined()
    if let published = PublishedScores(self) { text += "\n\(published.markdownSection)" }
    if !claims.isEmpty {
      text += "\n## Claims\n\n" + claims.map(markdown).joined()
      text += "\n\(markdownEscaped(Claim.method(run.task)))\n"
    }
    let types = entityTypes
    if !types.isEmpty {
      text += "\n## F1 by \(partName)\n\n"
      text += markdownTable(
        titles: ["student", "training"] + types.map(title(ofType:)),
        isNumber: [false, false] + types.map { _ in true },
        rows: students.map { student in
          typeCells(student, types)
        })
    }
    if let errors = ErrorTable(self) { text += "\n\(errors.markdownSection)" }
    if let examples { text += examples.markdownSection }
    if let ablation { text += "\n\(ablation.markdownSection)" }
    return text
      + "\n\(markdownRepetition(circumstances, run.commands + (ablation?.run.commands ?? [])))"
  }

  /// What a part of a score is of: a type of entities, or a label.
  var partName: String { run.task.labelsWords ? "entity type" : "label" }

  /// The entity types or labels that any model was scored on, in the order of their names, with the number of gold ones.
  var entityTypes: [(name: String, gold: Int)] {
    var types: [(name: String, gold: Int)] = []
    for score in students.flatMap(\.perType) {
      if let known = types.firstIndex(where: { $0.name == score.type }) {
        types[known].gold = max(types[known].gold, score.gold)
      } else {
        types.append((score.type, score.gold))
      }
    }
    return types.sorted { $0.name < $1.name }
  }

  /// A type or label with the number of gold ones, as a column's title.
  func title(ofType type: (name: String, gold: Int)) -> String {
    "\(type.name) (\(formatCount(type.gold)))"
  }

  /// A model's row in the table of types: its name, its training, its F1 on each type.
  func typeCells(_ student: StudentResult, _ types: [(name: String, gold: Int)]) -> [String] {
    [student.name, student.training == .teacher ? ReportColumn.missing : student.training.rawValue]
      + types.map { type in
        student.perType.first { $0.type == type.name }.map { ReportColumn.percent($0.f1) }
          ?? ReportColumn.missing
      }
  }

  private func markdown(_ claim: Claim) -> String {
    let figures = [claim.figures, claim.pValueText].compactMap(\.self).joined(separator: "; ")
    return "- **\(claim.verdict.rawValue)**: \(markdownEscaped(claim.text)) "
      + "(\(markdownEscaped(figures)))\n"
  }
}

/// How a run is repeated: its circumstances and its commands.
func markdownRepetition(
  _ circumstances: [(name: String, value: String)], _ commands: [String]
) -> String {
  var text = "## How to repeat it\n\n"
  for (name, value) in circumstances { text += "- \(name): \(markdownEscaped(value))\n" }
  guard !commands.isEmpty else { return text }
  var fence = "```"
  while commands.contains(where: { $0.contains(fence) }) { fence += "`" }
  return text + "\n\(fence)sh\n\(commands.map { printable($0) + "\n" }.joined())\(fence)\n"
}

/// A table with its columns as wide as their widest cell.
func markdownTable(titles: [String], isNumber: [Bool], rows: [[String]]) -> String {
  let cells = ([titles] + rows).map { $0.map(markdownEscaped) }
  let widths = titles.indices.map { column in
    cells.reduce(3) { max($0, displayWidth($1[column])) }
  }
  func line(_ cells: [String]) -> String {
    let padded = cells.enumerated().map { column, cell in
      let padding = String(repeating: " ", count: widths[column] - displayWidth(cell))
      return isNumber[column] ? padding + cell : cell + padding
    }
    return "| \(padded.joined(separator: " | ")) |\n"
  }
  let rule = titles.indices.map { column in
    String(repeating: "-", count: widths[column] - 1) + (isNumber[column] ? ":" : "-")
  }
  return line(cells[0]) + "| \(rule.joined(separator: " | ")) |\n"
    + cells.dropFirst().map(line).joined()
}

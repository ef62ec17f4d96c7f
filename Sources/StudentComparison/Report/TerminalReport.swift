import TerminalUI

extension ComparisonReport {
  /// The comparison as a table for a terminal, with the outcome and the claims below it.
  public func terminalText(color: ColorPolicy = .never) -> String {
    let columns = ReportColumn.brief(run.task)
    var table = TextTable(
      columns: columns.map { $0.isNumber ? .right($0.title) : .left($0.title) })
    for student in students { table.add(row: columns.map { $0.cell(student, self) }) }
    var text = "\(printable(corpusText))\n\n\(table.rendered(color: color))"
    if let summary { text += "\n\(printable(summary))\n" }
    if let published = PublishedScores(self) {
      text += "\n\(published.terminalText(color: color))"
    }
    if !claims.isEmpty { text += "\n" }
    for claim in claims {
      let style: ColorPolicy.Style =
        switch claim.verdict {
        case .confirmed: .good
        case .refuted: .bad
        case .undecided: .warning
        }
      let figures = [claim.figures, claim.pValueText].compactMap(\.self).joined(separator: "; ")
      let verdict = color.paint(claim.verdict.rawValue, style)
      text += "\(verdict): \(printable("\(claim.text) (\(figures))"))\n"
    }
    return text
  }
}

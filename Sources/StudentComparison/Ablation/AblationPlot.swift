import TerminalUI

/// The F1 of a group's variants as an SVG element: a line a variant, F1 to the right, teacher and direct student as rules.
struct AblationPlot {
  private let report: AblationReport
  private let group: AblationReport.Group
  private let scale: PlotScale

  private static let width = 760.0
  private static let left = 190.0
  private static let right = 744.0
  private static let top = 30.0
  private static let rowHeight = 26.0
  private static let maximumTitleColumns = 24

  init(_ report: AblationReport, _ group: AblationReport.Group) {
    self.report = report
    self.group = group
    let references = [[report.teacher].testF1, report.direct.testF1]
    let figures = group.rows.flatMap { [$0.seeds.testF1, $0.seeds.bestDevF1] } + references
    let values = figures.compactMap(\.self).flatMap { f1 in
      [f1.mean - (f1.deviation ?? 0), f1.mean + (f1.deviation ?? 0)].map { 100 * $0 }
    }
    scale = .linear(over: values, from: Self.left, to: Self.right)
  }

  private var bottom: Double { Self.top + Self.rowHeight * Double(group.rows.count) }

  /// The SVG element.
  var svg: String {
    let height = Int(bottom + 28)
    return """
      <svg viewBox="0 0 \(Int(Self.width)) \(height)" role="img" aria-label="\(htmlEscaped(description))">
      \(axis)\(rule([report.teacher].testF1, "teacher", anchor: "end"))\
      \(rule(report.direct.testF1, "direct", anchor: "start"))\
      \(group.rows.enumerated().map { line($1, y: Self.top + Self.rowHeight * (Double($0) + 0.5)) }.joined())</svg>

      """
  }

  /// The plot in words, for those who do not see it.
  private var description: String {
    group.rows.map { row in
      "\(printable(row.title)): test \(report.run.task.metric) \(row.seeds.testF1.map { AblationReport.percent($0.mean) } ?? "unknown")"
    }.joined(separator: "; ")
  }

  private var axis: String {
    scale.ticks().map { tick in
      let x = pixels(scale.position(of: tick.value))
      return "<path class=\"grid\" d=\"M\(x) \(pixels(Self.top))V\(pixels(bottom))\"/>\n"
        + "<text class=\"axis\" x=\"\(x)\" y=\"\(pixels(bottom + 18))\" text-anchor=\"middle\">"
        + "\(tick.label)</text>\n"
    }.joined()
  }

  private func rule(_ f1: MeanAndDeviation?, _ name: String, anchor: String) -> String {
    guard let f1 else { return "" }
    let x = scale.position(of: 100 * f1.mean)
    return
      "<path class=\"front \(name)\" d=\"M\(pixels(x)) \(pixels(Self.top - 6))V\(pixels(bottom))\"/>\n"
      + "<text class=\"axis\" x=\"\(pixels(x + (anchor == "end" ? -4 : 4)))\" y=\"\(pixels(Self.top - 12))\" "
      + "text-anchor=\"\(anchor)\">\(name)</text>\n"
  }

  private func line(_ row: AblationReport.Row, y: Double) -> String {
    let name =
      truncated(printable(row.title), to: Self.maximumTitleColumns) + (row.isBase ? " *" : "")
    return "<text x=\"\(pixels(Self.left - 12))\" y=\"\(pixels(y + 4))\" text-anchor=\"end\">"
      + "\(htmlEscaped(name))</text>\n"
      + dot(row.seeds.bestDevF1, "dot", "dev", y) + dot(row.seeds.testF1, "marker", "test", y)
  }

  private func dot(_ f1: MeanAndDeviation?, _ shape: String, _ set: String, _ y: Double) -> String {
    guard let f1 else { return "" }
    func x(_ share: Double) -> String { pixels(scale.position(of: 100 * share)) }
    let bar = f1.deviation.map { deviation in
      "<path class=\"bar distilled\" d=\"M\(x(f1.mean - deviation)) \(pixels(y))H\(x(f1.mean + deviation))\"/>\n"
    }
    return (bar ?? "")
      + "<circle class=\"\(shape) distilled\" cx=\"\(x(f1.mean))\" cy=\"\(pixels(y))\" r=\"4.5\">"
      + "<title>\(set): \(AblationReport.percent(f1.mean))</title></circle>\n"
  }

  private func pixels(_ value: Double) -> String { format(value, decimals: 1) }
}

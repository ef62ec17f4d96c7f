import Labels
import TerminalUI

/// F1 by entity type or label: bars of the teacher and the best student, and a table of all models.
struct TypeBars {
  private let report: ComparisonReport
  private let types: [(name: String, gold: Int)]

  /// More types than these are folded away.
  private static let maximumTypes = 12

  init(_ report: ComparisonReport) {
    self.report = report
    types = report.entityTypes
  }

  /// The section; empty where no type was scored.
  var html: String {
    guard !types.isEmpty else { return "" }
    let models = [report.teacher, report.bestStudent].compactMap(\.self)
    let byCount = types.enumerated().sorted {
      (-$0.element.gold, $0.offset) < (-$1.element.gold, $1.offset)
    }.map(\.element)
    let rest = byCount.dropFirst(TypeBars.maximumTypes)
    return htmlSection(
      "F1 by \(report.partName)",
      bars(of: models, byCount.prefix(TypeBars.maximumTypes))
        + folded(
          rest.isEmpty ? "" : bars(of: models, rest), title: "The other \(rest.count) \(part)s")
        + folded(table, title: "Every model and \(part)")
          + """
            <p class="notes">\(legend(models))The number beside a \(part) says how many gold \
          \(report.run.task.predictions) the test corpus \
          has of it.</p>

          """)
  }

  /// What a bar is of.
  private var part: String { report.run.task.labelsWords ? "type" : "label" }

  private func legend(_ models: [StudentResult]) -> String {
    guard models.count == 2 else { return "" }
    return
      "The upper bar is the teacher’s, the lower that of \(htmlEscaped(printable(models[1].title))). "
  }

  private func folded(_ content: String, title: String) -> String {
    content.isEmpty ? "" : "<details>\n<summary>\(title)</summary>\n\(content)</details>\n"
  }

  private func bars(of models: [StudentResult], _ types: ArraySlice<(name: String, gold: Int)>)
    -> String
  {
    let scores = models.map { model in
      (training: model.training, title: model.title, perType: model.perType)
    }
    let rows = types.map { type in
      let bars = scores.map { model in
        let f1 = model.perType.first { $0.type == type.name }?.f1 ?? 0
        return
          "<span class=\"bar \(model.training.rawValue)\" title=\"\(htmlEscaped(printable(model.title)))\">"
          + "<i style=\"width:\(format(82 * f1, decimals: 1))%\"></i> \(ReportColumn.percent(f1))</span>"
      }
      return
        "<tr><th scope=\"row\"><span class=\"name\">\(htmlEscaped(printable(type.name)))</span> "
        + "<small>\(formatCount(type.gold))</small></th><td>\(bars.joined())</td></tr>\n"
    }
    return "<table class=\"bars\">\n<tbody>\n\(rows.joined())</tbody>\n</table>\n"
  }

  private var table: String {
    let best = report.bestStudent
    return htmlTable(
      label: "F1 by \(report.partName)",
      titles: ["student", "training"] + types.map(report.title(ofType:)),
      isNumber: [false, false] + types.map { _ in true },
      rows: report.students.map { student in
        HTMLRow(cells: report.typeCells(student, types), isStrong: student == best)
      })
  }
}

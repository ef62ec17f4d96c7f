import Evaluation
import TerminalUI

/// The kinds of errors of each tagger as stacked bars, with its F1 on seen and unseen entities and its agreement with the teacher.
struct ErrorBars {
  private typealias Errors = StudentDetails.EntityErrors
  private let models: [(student: StudentResult, details: StudentDetails, errors: Errors)]

  init(_ report: ComparisonReport) {
    models = report.students.compactMap { student in
      student.details.flatMap { details in
        details.entityErrors.map { (student: student, details: details, errors: $0) }
      }
    }
  }

  /// The section; empty where no model was looked at closely.
  var html: String {
    guard !models.isEmpty else { return "" }
    let kinds = Errors.kinds.map {
      "<li><i class=\"swatch \($0.rawValue)\"></i>\($0.text)</li>\n"
    }
    return htmlSection(
      "Where they err",
      """
      <ul class="legend">
      \(kinds.joined())</ul>
      <div class="scroll" tabindex="0" role="region" aria-label="Errors">
      <table class="errors">
      <thead><tr><th scope="col">student</th><th scope="col">errors by kind</th>\
      <th scope="col" class="number">errors</th><th scope="col" class="number">F1 seen</th>\
      <th scope="col" class="number">F1 unseen</th>\
      <th scope="col" class="number">same tag as teacher</th>\
      <th scope="col" class="number">F1 against teacher</th></tr></thead>
      <tbody>
      \(models.map(row).joined())</tbody>
      </table>
      </div>
      <p class="notes">\(ComparisonReport.errorNote)</p>

      """)
  }

  private func row(
    _ model: (student: StudentResult, details: StudentDetails, errors: Errors)
  ) -> String {
    let (details, errors) = (model.details, model.errors)
    let most = models.map(\.errors.total).max() ?? 0
    let parts = Errors.kinds.map { kind in
      let count = errors.count(of: kind)
      let width = most == 0 ? 0 : 100 * Double(count) / Double(most)
      return "<i class=\"\(kind.rawValue)\" style=\"width:\(format(width, decimals: 2))%\" "
        + "title=\"\(kind.text): \(formatCount(count))\"></i>"
    }
    let text = Errors.kinds.map { "\($0.text): \(formatCount(errors.count(of: $0)))" }
      .joined(separator: "; ")
    let figures = [
      formatCount(errors.total), ReportColumn.percent(errors.seen.f1),
      ReportColumn.percent(errors.unseen.f1),
      details.agreement.map { "\(ReportColumn.percent($0.rows)) %" } ?? ReportColumn.missing,
      details.agreement?.f1.map(ReportColumn.percent) ?? ReportColumn.missing,
    ].map { "<td class=\"number\">\($0)</td>" }
    return "<tr><th scope=\"row\">\(htmlModel(model.student))</th>"
      + "<td><span class=\"stack\" role=\"img\" aria-label=\"\(text)\">\(parts.joined())</span></td>"
      + "\(figures.joined())</tr>\n"
  }
}

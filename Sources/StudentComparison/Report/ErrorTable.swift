import Evaluation
import Labels
import TerminalUI

/// Where each model that was looked at closely errs, a row a model.
struct ErrorTable {
  private let titles: [String]
  private let rows: [HTMLRow]
  private let note: String

  /// A classifier's commonest confusions are shown up to this number.
  private static let maximumConfusions = 6

  /// Takes the details out of a report; nil where no model was looked at closely.
  init?(_ report: ComparisonReport) {
    let labelsWords = report.run.task.labelsWords
    let models = report.students.compactMap { student in
      student.details.map { (student: student, details: $0) }
    }.filter { ($0.details.entityErrors != nil) == labelsWords }
    guard !models.isEmpty else { return nil }
    let confusions = Self.commonest(models.compactMap(\.details.confusion))
    titles =
      ["student"]
      + (labelsWords
        ? StudentDetails.EntityErrors.kinds.map(\.text)
          + ["F1 seen", "F1 unseen", "same tag as teacher", "F1 against teacher"]
        : ["errors"] + confusions.map { "\($0.gold) as \($0.predicted)" }
          + ["same label as teacher"]) + ["calibration error"]
    note = labelsWords ? ComparisonReport.errorNote : Self.labelNote
    let best = report.bestStudent
    rows = models.map { student, details in
      let agreement = details.agreement
      let (errors, shares): ([Int], [Double?]) =
        switch details.errors {
        case .entities(let errors):
          (
            StudentDetails.EntityErrors.kinds.map(errors.count(of:)),
            [errors.seen.f1, errors.unseen.f1, agreement?.rows, agreement?.f1]
          )
        case .labels(let confusion):
          (
            [confusion.errorCount]
              + confusions.map { confusion[gold: $0.gold, predicted: $0.predicted] },
            [agreement?.rows]
          )
        }
      return HTMLRow(
        cells: [student.title] + errors.map { formatCount($0) }
          + (shares + [details.calibration?.expectedError]).map {
            $0.map(ReportColumn.percent) ?? ReportColumn.missing
          }, isStrong: student == best)
    }
  }

  /// The confusions that all models together make most often.
  private static func commonest(
    _ confusions: [Confusion]
  ) -> ArraySlice<(gold: String, predicted: String)> {
    var sum = Confusion()
    for cell in confusions.flatMap(\.cells) where !cell.isRight {
      sum.add(gold: cell.gold, predicted: cell.predicted, count: cell.count)
    }
    return sum.cells.compactMap { cell in
      cell.gold.flatMap { gold in cell.predicted.map { (gold: gold, predicted: $0) } }
    }.prefix(maximumConfusions)
  }

  /// How confusions are counted.
  private static let labelNote =
    "With the first seed. \"a as b\" counts the examples with the gold label a and the predicted label b; the commonest "
    + "confusions of all models together are shown. Shares are in per cent."

  private var isNumber: [Bool] { titles.indices.map { $0 > 0 } }

  /// The table as a section of a report in Markdown.
  var markdownSection: String {
    "## Where they err\n\n"
      + markdownTable(titles: titles, isNumber: isNumber, rows: rows.map(\.cells))
      + "\n\(markdownEscaped(note))\n"
  }

  /// The table as a section of a page.
  var html: String {
    htmlSection(
      "Where they err",
      htmlTable(label: "Errors", titles: titles, isNumber: isNumber, rows: rows)
        + "<p class=\"notes\">\(htmlEscaped(note))</p>\n")
  }
}

extension Confusion {
  /// How many examples have another label than the gold one.
  fileprivate var errorCount: Int {
    cells.reduce(0) { $0 + ($1.isRight ? 0 : $1.count) }
  }
}

extension Confusion.Cell {
  fileprivate var isRight: Bool { gold == predicted }
}

extension ComparisonReport {
  /// How a tagger's errors are counted.
  static let errorNote =
    "With the first seed. Each gold and each predicted entity counts once; a pair that overlaps is one error. An entity is "
    + "seen if its words, in the same case, are an entity of the training corpus. Shares and F1 are in per cent."
}

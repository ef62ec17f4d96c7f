import Labels
import TerminalUI

/// The scores on texts and pairs that the method's paper published, beside those of this comparison.
///
/// Tang et al. 2019; they are of another corpus and another teacher, so that they are shown and no claim is tested on them.
struct PublishedScores {
  private let corpus: String
  private let rows: [[String]]

  private static let titles = ["model", "published", "here", "accuracy here"]
  private static let isNumber = [false, true, false, true]

  /// The published scores of a report's task; nil for taggers, of which the paper has none.
  init?(_ report: ComparisonReport) {
    let models: [(name: String, accuracy: Double, here: StudentResult?)]
    func find(_ name: String, _ training: StudentResult.Training) -> StudentResult? {
      report.students.first { $0.name == name && $0.training == training }
    }
    let (distilled, direct) = (find("bilstm+aug", .distilled), find("bilstm", .direct))
    switch report.run.task {
    case .tag: return nil
    case .sentence:
      corpus = "SST-2"
      models = [
        ("BERT-large, the teacher", 94.9, report.teacher), ("ELMo", 90.4, nil),
        ("BiLSTM, distilled", 90.7, distilled), ("BiLSTM alone", 86.7, direct),
      ]
    case .pair:
      corpus = "QQP"
      models = [
        ("BERT-large, the teacher", 89.3, report.teacher), ("BiLSTM, distilled", 88.1, distilled),
        ("BiLSTM alone", 86.2, direct),
      ]
    }
    rows = models.map { model in
      [
        model.name, format(model.accuracy, decimals: 1), model.here?.title ?? ReportColumn.missing,
        model.here.map { ReportColumn.percent($0.f1.mean) } ?? ReportColumn.missing,
      ]
    }
  }

  private var note: String {
    "Published: accuracy of Tang et al. 2019 on \(corpus), which is another corpus with another teacher; only the distances "
      + "between the models can be held against those here, and no claim is tested on them."
  }

  /// The table for a terminal.
  func terminalText(color: ColorPolicy) -> String {
    var table = TextTable(
      columns: zip(Self.titles, Self.isNumber).map { $1 ? .right($0) : .left($0) })
    for row in rows { table.add(row: row) }
    return "\(table.rendered(color: color))\(note)\n"
  }

  /// The table as a section of a report in Markdown.
  var markdownSection: String {
    "## Published\n\n"
      + markdownTable(titles: Self.titles, isNumber: Self.isNumber, rows: rows)
      + "\n\(markdownEscaped(note))\n"
  }

  /// The table as a section of a page.
  var html: String {
    htmlSection(
      "Published",
      htmlTable(
        label: "Published scores", titles: Self.titles, isNumber: Self.isNumber,
        rows: rows.map { HTMLRow(cells: $0, isStrong: false) })
        + "<p class=\"notes\">\(htmlEscaped(note))</p>\n")
  }
}

import Labels
import TerminalUI

extension ComparisonReport {
  /// The report as one HTML file (report.html) that needs nothing from elsewhere and suits light and dark screens.
  ///
  /// - Parameter ablation: An ablation of the same run, for a section of its own.
  /// - Returns: The text of the file.
  public func html(ablation: AblationReport? = nil) -> String {
    htmlPage(
      "Student comparison", of: run, headline: headline, keyFigures: keyFigures,
      """
      \(comparisonSection)\(tradeOffSection)\(claimSection)\(ablation?.htmlSections ?? "")\
      \(PublishedScores(self)?.html ?? "")\
      \(LearningCurves(self).html)\(TypeBars(self).html)\(errorSection)\
      \(ReliabilityDiagrams(self).html)\(examples.map { ExampleCards($0, run.task).html } ?? "")\
      \(repetitionSection(circumstances, run.commands + (ablation?.run.commands ?? [])))
      """)
  }

  private var errorSection: String {
    run.task.labelsWords ? ErrorBars(self).html : ErrorTable(self)?.html ?? ""
  }

  /// What a reader should remember.
  private var headline: String {
    guard let best = bestStudent, let share = shareOfTeacherF1(best) else {
      return "Students of \(run.teacher)"
    }
    return "\(truncated(printable(best.name), to: 80)) (\(best.training.rawValue)) reaches "
      + "\(ReportColumn.percent(share))\u{A0}% of the teacher’s \(run.task.metric)"
  }

  private var tradeOffSection: String {
    let plots = [TradeOffPlot.Cost.latency(run.task), .size(run.task)].compactMap { cost in
      TradeOffPlot(self, against: cost).map { plot in
        """
        <figure>
        <h3>\(cost.title)</h3>
        <div class="scroll plot" tabindex="0" role="region" aria-label="\(cost.title)">
        \(plot.svg())</div>
        </figure>

        """
      }
    }
    guard !plots.isEmpty else { return "" }
    return htmlSection(
      "What accuracy costs",
      """
      \(plots.joined())<p class="notes">Up is more accurate, left is cheaper. The stepped line joins the models that \
      no other beats at the same cost or less. Bars are 95 % bootstrap intervals; models of nearly the same cost stand \
      side by side. Where there are many, only the teacher and those on the line are named; each shows its name when \
      it is pointed at.</p>

      """)
  }

  /// The best student beside the teacher in four figures.
  private var keyFigures: String {
    guard let teacher, let best = bestStudent else { return "" }
    func ratio(_ one: Double?, _ other: Double?) -> String? {
      guard let one, let other, one > 0, other > 0, (one / other).isFinite else { return nil }
      return format(one / other, decimals: one / other < 9.95 ? 1 : 0)
    }
    var tiles = [
      (
        run.task.metricTitle, ReportColumn.percent(best.f1.mean),
        "the teacher’s is \(ReportColumn.percent(teacher.f1.mean))"
      )
    ]
    if let ratio = ratio(Double(teacher.fileBytes), Double(best.fileBytes)) {
      tiles.append(("Size", formatBytes(best.fileBytes), "the teacher’s is \(ratio) times it"))
    }
    if let words = best.wordsPerSecond, (0...1e15).contains(words),
      let ratio = ratio(words, teacher.wordsPerSecond)
    {
      tiles.append(
        ("Words a second", formatCount(Int(words.rounded())), "\(ratio) times the teacher’s"))
    }
    if let ratio = ratio(teacher.latencyP50Milliseconds, best.latencyP50Milliseconds) {
      let time = ReportColumn.milliseconds(best.latencyP50Milliseconds)
      tiles.append(
        ("One \(run.task.example)", "\(time) ms", "the teacher takes \(ratio) times as long"))
    }
    let items = tiles.map { name, value, remark in
      "<div><dt>\(name)</dt><dd><b>\(value)</b> <small>\(remark)</small></dd></div>\n"
    }
    return "<dl class=\"figures\">\n\(items.joined())</dl>\n"
  }

  private var claimSection: String {
    guard !claims.isEmpty else { return "" }
    let items = claims.map { claim in
      let figures = [claim.figures, claim.pValueText].compactMap(\.self).joined(separator: "; ")
      return """
        <li><span class="verdict \(claim.verdict.rawValue)">\(claim.verdict.rawValue)</span>
        <span>\(htmlEscaped(claim.text)) <small>\(htmlEscaped(figures))</small></span></li>

        """
    }
    let method = "<p class=\"notes\">\(htmlEscaped(Claim.method(run.task)))</p>\n"
    return htmlSection("Claims", "<ul class=\"claims\">\n\(items.joined())</ul>\n\(method)")
  }

  private var comparisonSection: String {
    let columns = ReportColumn.all(run.task)
    let best = bestStudent
    let rows = students.map { student in
      HTMLRow(
        cells: columns.map { $0.cell(student, self) }, isStrong: student == best)
    }
    let notes = self.notes.map { "<li>\(htmlEscaped($0))</li>\n" }.joined()
    let table = htmlTable(
      label: "All figures", titles: columns.map(\.title), isNumber: columns.map(\.isNumber),
      rows: rows)
    return htmlSection("All figures", "\(table)<ul class=\"notes\">\n\(notes)</ul>\n")
  }
}

/// A page that needs nothing from elsewhere: its head, the heading of a run, and its sections.
func htmlPage(
  _ title: String, of run: ComparisonReport.Run, headline: String, keyFigures: String = "",
  _ sections: String
) -> String {
  """
  <!DOCTYPE html>
  <html lang="en">
  <head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>\(title): \(htmlEscaped(run.corpus))</title>
  <style>
  \(reportStyleSheet)
  </style>
  </head>
  <body>
  <main>
  <header>
  <p class="eyebrow">\(title)</p>
  <h1>\(htmlEscaped(headline))</h1>
  <p class="corpus">\(htmlEscaped(run.corpusText)) · \(htmlEscaped(run.date))</p>
  \(keyFigures)</header>
  \(sections)</main>
  </body>
  </html>

  """
}

/// How a run is repeated: its circumstances and its commands.
func repetitionSection(
  _ circumstances: [(name: String, value: String)], _ commands: [String]
) -> String {
  let pairs = circumstances.map { name, value in
    "<dt>\(htmlEscaped(name))</dt><dd>\(htmlEscaped(value))</dd>\n"
  }
  let lines = commands.map { printable($0) }.joined(separator: "\n")
  let box =
    "<pre tabindex=\"0\" role=\"region\" aria-label=\"Commands\"><code>\(htmlEscaped(lines))"
    + "</code></pre>\n"
  return htmlSection(
    "How to repeat it", "<dl>\n\(pairs.joined())</dl>\n" + (commands.isEmpty ? "" : box))
}

import Labels
import TerminalUI

extension AblationReport {
  private static let title = "Ablation"

  /// The best variant on dev, in a sentence; nil where there is none.
  var summary: String? {
    let rows = groups.flatMap { group in group.rows.map { (name: group.name, row: $0) } }
    let best = rows.max { one, other in
      (one.row.seeds.bestDevF1?.mean ?? 0) < (other.row.seeds.bestDevF1?.mean ?? 0)
    }
    guard let best, let f1 = best.row.seeds.testF1 else { return nil }
    let sign = best.row.difference < 0 ? "" : "+"
    return "The best on dev is \(best.name) \(best.row.title): test \(run.task.metric) "
      + "\(Self.percent(f1.mean)), \(sign)\(Self.percent(best.row.difference)) against the student trained directly."
  }

  /// The tables for a terminal.
  public func terminalText(color: ColorPolicy = .never) -> String {
    var text = "\(printable(run.corpusText))\n"
    for group in groups {
      let titles = zip(titles(of: group), Self.isNumber)
      var table = TextTable(columns: titles.map { $1 ? .right($0) : .left($0) })
      for cells in cells(of: group) { table.add(row: cells) }
      text += "\n\(table.rendered(color: color))"
    }
    return text + "\n\(summary.map { "\(printable($0))\n" } ?? "")\(notes[1])\n"
  }

  /// The ablation as a Markdown file of its own.
  public func markdown() -> String {
    let summary = summary.map { "\(markdownEscaped($0))\n\n" } ?? ""
    return "# \(Self.title)\n\n\(summary)\(tables)\n"
      + markdownRepetition(run.circumstances, run.commands)
  }

  /// The ablation as a section of a report in Markdown.
  var markdownSection: String { "## \(Self.title)\n\n\(tables)" }

  private var tables: String {
    groups.map { group in
      markdownTable(
        titles: titles(of: group), isNumber: Self.isNumber, rows: cells(of: group)) + "\n"
    }.joined() + notes.map { "- \(markdownEscaped($0))\n" }.joined()
  }

  /// The ablation as a page of its own.
  public func html() -> String {
    htmlPage(
      Self.title, of: run, headline: summary ?? "Variants of the recipe",
      htmlSections + repetitionSection(run.circumstances, run.commands))
  }

  /// The ablation as a section of a page.
  var htmlSections: String {
    let parts = groups.map { group in
      let rows = zip(cells(of: group), [false, false] + group.rows.map(\.isBase))
      return """
        <figure>
        <h3>\(htmlEscaped(group.name))</h3>
        <div class="scroll plot" tabindex="0" role="region" aria-label="\(htmlEscaped(group.name))">
        \(AblationPlot(self, group).svg)</div>
        </figure>
        <details>
        <summary>The figures</summary>
        \(htmlTable(
          label: group.name, titles: titles(of: group), isNumber: Self.isNumber,
          rows: rows.map { HTMLRow(cells: $0, isStrong: $1) }))</details>

        """
    }
    let notes =
      [
        "A full dot is \(run.task.metric) on the test \(run.task.examples), a hollow one on the development \(run.task.examples); bars are a standard deviation."
      ]
      + notes
    return htmlSection(
      Self.title,
      parts.joined()
        + "<ul class=\"notes\">\n\(notes.map { "<li>\(htmlEscaped($0))</li>\n" }.joined())</ul>\n")
  }
}

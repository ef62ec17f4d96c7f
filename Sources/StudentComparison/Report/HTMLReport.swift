import TerminalUI

extension ComparisonReport {
  /// The report as one HTML file (report.html) that needs nothing from elsewhere and suits light and dark screens.
  public func html() -> String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>Student comparison: \(htmlEscaped(run.corpus))</title>
    <style>
    \(reportStyleSheet)
    </style>
    </head>
    <body>
    <main>
    <h1>Student comparison</h1>
    <p class="corpus">\(htmlEscaped(corpusText)) · \(htmlEscaped(run.date))</p>
    \(summary.map { "<p class=\"summary\">\(htmlEscaped($0))</p>" } ?? "")
    \(plotSection)\(claimSection)\(comparisonSection)\(typeSection)\(repetitionSection)</main>
    </body>
    </html>

    """
  }

  private var plotSection: String {
    guard let plot = LatencyPlot(self) else { return "" }
    return """
      <section>
      <h2>F1 against latency</h2>
      <figure>
      <div class="scroll">
      \(plot.svg())</div>
      <figcaption>Up is more accurate, left is faster. Bars are 95 % bootstrap intervals; models of \
      nearly the same latency stand side by side.</figcaption>
      </figure>
      </section>

      """
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
    return """
      <section>
      <h2>Claims</h2>
      <ul class="claims">
      \(items.joined())</ul>
      <p class="notes">\(htmlEscaped(Claim.method))</p>
      </section>

      """
  }

  private var comparisonSection: String {
    let columns = ReportColumn.all
    let best = bestStudent
    let rows = students.map { student in
      HTMLRow(
        cells: columns.map { $0.cell(student, self) }, isStrong: student == best)
    }
    let notes = self.notes.map { "<li>\(htmlEscaped($0))</li>\n" }.joined()
    return """
      <section>
      <h2>All figures</h2>
      \(htmlTable(titles: columns.map(\.title), isNumber: columns.map(\.isNumber), rows: rows))\
      <ul class="notes">
      \(notes)</ul>
      </section>

      """
  }

  private var typeSection: String {
    let types = entityTypes
    guard !types.isEmpty else { return "" }
    let best = bestStudent
    let rows = students.map { student in
      HTMLRow(cells: typeCells(student, types), isStrong: student == best)
    }
    let table = htmlTable(
      titles: ["student", "training"] + types.map(title(ofType:)),
      isNumber: [false, false] + types.map { _ in true }, rows: rows)
    return """
      <section>
      <h2>F1 by entity type</h2>
      \(table)<p class="notes">In brackets: how many gold entities the test corpus has of the type.</p>
      </section>

      """
  }

  private var repetitionSection: String {
    let pairs = circumstances.map { name, value in
      "<dt>\(htmlEscaped(name))</dt><dd>\(htmlEscaped(value))</dd>\n"
    }
    let commands = run.commands.map(onOneLine).joined(separator: "\n")
    return """
      <section>
      <h2>How to repeat it</h2>
      <dl>
      \(pairs.joined())</dl>
      \(commands.isEmpty ? "" : "<pre><code>\(htmlEscaped(commands))</code></pre>\n")\
      </section>

      """
  }
}

/// A row of a table; a strong one is set off from the others.
private struct HTMLRow {
  let cells: [String]
  let isStrong: Bool
}

/// A table that scrolls sideways within the page, its first column staying in sight.
private func htmlTable(titles: [String], isNumber: [Bool], rows: [HTMLRow]) -> String {
  let classes = isNumber.map { $0 ? " class=\"number\"" : "" }
  let heading = zip(titles, classes).map { title, attribute in
    "<th scope=\"col\"\(attribute)>\(htmlEscaped(title))</th>"
  }
  let body = rows.map { row in
    let cells = zip(row.cells, classes).enumerated().map { index, cell in
      index == 0
        ? "<th scope=\"row\">\(htmlEscaped(cell.0))</th>"
        : "<td\(cell.1)>\(htmlEscaped(cell.0))</td>"
    }
    return "<tr\(row.isStrong ? " class=\"strong\"" : "")>\(cells.joined())</tr>\n"
  }
  return """
    <div class="scroll" tabindex="0">
    <table>
    <thead><tr>\(heading.joined())</tr></thead>
    <tbody>
    \(body.joined())</tbody>
    </table>
    </div>

    """
}

/// Text in which nothing is taken for markup, in an element or in an attribute.
func htmlEscaped(_ text: String) -> String {
  var escaped = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "&": escaped += "&amp;"
    case "<": escaped += "&lt;"
    case ">": escaped += "&gt;"
    case "\"": escaped += "&quot;"
    case "'": escaped += "&#39;"
    // Control characters are not allowed in HTML, escaped or not.
    case "\u{0}"..<"\t", "\u{B}"..." ", "\u{7F}"..."\u{9F}": escaped += " "
    default: escaped.unicodeScalars.append(scalar)
    }
  }
  return escaped
}

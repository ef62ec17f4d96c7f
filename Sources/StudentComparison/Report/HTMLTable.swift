import TerminalUI

/// A row of a table; a strong one is set off from the others.
struct HTMLRow {
  let cells: [String]
  let isStrong: Bool
}

/// A table that scrolls sideways within the page, its first column staying in sight.
///
/// - Parameters:
///   - label: What the table shows, for those who do not see it.
///   - titles: The columns' titles.
///   - isNumber: Which columns hold numbers and stand at the right.
///   - rows: The rows, with as many cells as there are columns.
/// - Returns: The markup.
func htmlTable(label: String, titles: [String], isNumber: [Bool], rows: [HTMLRow]) -> String {
  let classes = isNumber.map { $0 ? " class=\"number\"" : "" }
  let heading = zip(titles, classes).map { title, attribute in
    "<th scope=\"col\"\(attribute)>\(htmlEscaped(title))</th>"
  }
  let body = rows.map { row in
    let cells = zip(row.cells, classes).enumerated().map { index, cell in
      index == 0
        ? "<th scope=\"row\"><span class=\"name\">\(htmlEscaped(cell.0))</span></th>"
        : "<td\(cell.1)>\(htmlEscaped(cell.0))</td>"
    }
    return "<tr\(row.isStrong ? " class=\"strong\"" : "")>\(cells.joined())</tr>\n"
  }
  return """
    <div class="scroll" tabindex="0" role="region" aria-label="\(htmlEscaped(label))">
    <table>
    <thead><tr>\(heading.joined())</tr></thead>
    <tbody>
    \(body.joined())</tbody>
    </table>
    </div>

    """
}

/// A section with its heading; nothing where it has no content.
func htmlSection(_ title: String, _ content: String) -> String {
  content.isEmpty ? "" : "<section>\n<h2>\(htmlEscaped(title))</h2>\n\(content)</section>\n"
}

/// A model's name with its training, cut by the page where there is no room, whole when pointed at.
func htmlModel(_ student: StudentResult) -> String {
  let training = student.training.rawValue
  let name = htmlEscaped(printable(student.name))
  return "<span class=\"name\" title=\"\(htmlEscaped(printable(student.title)))\">\(name)</span>"
    + (student.training == .teacher
      ? "" : " <span class=\"training \(training)\">\(training)</span>")
}

/// Text in which nothing is taken for markup, in an element or in an attribute.
func htmlEscaped(_ text: String) -> String {
  var escaped = ""
  for scalar in printable(text, keepsLines: true).unicodeScalars {
    switch scalar {
    case "&": escaped += "&amp;"
    case "<": escaped += "&lt;"
    case ">": escaped += "&gt;"
    case "\"": escaped += "&quot;"
    case "'": escaped += "&#39;"
    default: escaped.unicodeScalars.append(scalar)
    }
  }
  return escaped
}

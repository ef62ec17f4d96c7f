/// Text on one line in which nothing is taken for Markdown or HTML.
public func markdownEscaped(_ text: String) -> String {
  var escaped = String.UnicodeScalarView()
  for scalar in printable(text).unicodeScalars {
    switch scalar {
    case "\\", "`", "*", "_", "[", "]", "|", "~", "<", "#", "&": escaped.append("\\")
    default: break
    }
    escaped.append(scalar)
  }
  return String(escaped)
}

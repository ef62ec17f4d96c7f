/// The beginning of a text, and `…` where there is more: what a file holds stays a part of a message, not all of it.
///
/// Scalars are counted, as one character may have any number of them.
public func clipped(_ text: String, to count: Int) -> String {
  let scalars = text.unicodeScalars
  guard
    let end = scalars.index(scalars.startIndex, offsetBy: count, limitedBy: scalars.endIndex),
    end < scalars.endIndex
  else { return text }
  return String(text[..<end]) + "…"
}

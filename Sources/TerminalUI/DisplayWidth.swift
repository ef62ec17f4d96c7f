/// How many columns of a terminal text fills: 2 for East Asian wide characters and emoji, 0 for combining marks.
public func displayWidth(_ text: String) -> Int {
  if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return text.utf8.count }
  return text.reduce(0) { $0 + columns(of: $1) }
}

/// The columns of one grapheme cluster: those of its first scalar, or 2 where a selector asks for an emoji.
func columns(of character: Character) -> Int {
  let scalars = character.unicodeScalars
  guard let first = scalars.first else { return 0 }
  if isWide(first) || scalars.contains("\u{FE0F}") { return 2 }
  switch first.properties.generalCategory {
  case .control, .format, .nonspacingMark, .enclosingMark, .lineSeparator, .paragraphSeparator:
    return 0
  default: return 1
  }
}

/// The blocks that Unicode's EastAsianWidth.txt gives as wide or full-width.
private func isWide(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
    0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
    0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F1E6...0x1F1FF, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
    0x1F900...0x1FAFF, 0x20000...0x3FFFD:
    true
  default: false
  }
}

/// Cuts text to at most `width` columns; what is cut ends in `…`.
public func truncated(_ text: String, to width: Int) -> String {
  guard displayWidth(text) > width else { return text }
  var kept = ""
  var used = 0
  for character in text {
    used += columns(of: character)
    guard used < width else { break }
    kept.append(character)
  }
  return width > 0 ? kept + "…" : ""
}

import Glibc

/// Writes a number with a fixed count of decimals, correctly rounded: `format(2.675, decimals: 2)` is `2.67`.
///
/// At most 100 decimals are written. A value that rounds to zero has no sign; not-a-number is `nan` and the infinities are `inf` and `-inf`.
public func format(_ value: Double, decimals: Int) -> String {
  if value.isNaN { return "nan" }
  if value.isInfinite { return value < 0 ? "-inf" : "inf" }
  let text = withVaList([Int32(min(max(decimals, 0), 100)), value]) { arguments in
    // The longest Double has 309 digits before the point and a sign.
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) { buffer -> String in
      guard let start = buffer.baseAddress else { return "" }
      vsnprintf(start, buffer.count, "%.*f", arguments)
      return String(cString: start)
    }
  }
  let isZero = text.utf8.allSatisfy { !(0x31...0x39).contains($0) }
  return isZero && text.hasPrefix("-") ? String(text.dropFirst()) : text
}

/// Writes a count with a comma between groups of three digits: `1,234,567`.
public func formatCount(_ count: Int) -> String {
  let digits = String(count.magnitude)
  var text = count < 0 ? "-" : ""
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.utf8.count - index) % 3 == 0 { text += "," }
    text.append(digit)
  }
  return text
}

/// Writes a span of time in its two largest units: `0.25 s`, `12.3 s`, `3 min 05 s`, `2 h 07 min`, `4 d 01 h`.
public func formatDuration(_ seconds: Double) -> String {
  guard seconds.isFinite else { return "unknown" }
  let magnitude = max(seconds, 0)
  if magnitude < 9.995 { return "\(format(magnitude, decimals: 2)) s" }
  if magnitude < 59.95 { return "\(format(magnitude, decimals: 1)) s" }
  let whole = Int(min(magnitude, 1e15).rounded())
  func pair(_ large: Int, _ largeUnit: String, _ small: Int, _ smallUnit: String) -> String {
    "\(large) \(largeUnit) \(small < 10 ? "0" : "")\(small) \(smallUnit)"
  }
  if whole < 3600 { return pair(whole / 60, "min", whole % 60, "s") }
  let minutes = (whole + 30) / 60
  if minutes < 24 * 60 { return pair(minutes / 60, "h", minutes % 60, "min") }
  let hours = (minutes + 30) / 60
  return pair(hours / 24, "d", hours % 24, "h")
}

/// Writes a size with a decimal unit, as disks and downloads state it: `512 B`, `4.1 kB`, `86.7 MB`, `1.2 GB`.
public func formatBytes(_ bytes: Int) -> String {
  guard bytes.magnitude >= 1000 else { return "\(bytes) B" }
  var value = Double(bytes)
  var unit = "B"
  // A value that would print as 1000.0 goes up to the next unit.
  for larger in ["kB", "MB", "GB", "TB", "PB", "EB"] where abs(value) >= 999.95 || unit == "B" {
    value /= 1000
    unit = larger
  }
  return "\(format(value, decimals: 1)) \(unit)"
}

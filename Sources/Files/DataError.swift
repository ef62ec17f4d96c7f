/// Bad data in a file that the user gave: where it is, what was found, what was expected, what to do.
///
/// Printed as `file:line: what was found; expected ...; what to do` and ended with exit code 65.
public struct DataError: Error, CustomStringConvertible, Equatable, Sendable {
  /// The file as the user named it.
  public let file: String
  /// The line, counted from 1; nil where the format has no lines.
  public let line: Int?
  /// What stands in the file.
  public let found: String
  /// What should stand there.
  public let expected: String
  /// What the user can do about it; empty where the message speaks for itself.
  public let remedy: String

  /// Describes bad data at a place in a file.
  public init(
    file: String, line: Int? = nil, found: String, expected: String, remedy: String = ""
  ) {
    self.file = file
    self.line = line
    self.found = found
    self.expected = expected
    self.remedy = remedy
  }

  /// The most of what a file holds that a message repeats, in Unicode scalars.
  private static let longestPart = 500

  /// The message; what is long in it is cut.
  public var description: String {
    var place = file
    if let line { place += ":\(line)" }
    let advice = remedy.isEmpty ? "" : "; \(clipped(remedy, to: Self.longestPart))"
    return "\(place): \(clipped(found, to: Self.longestPart)); "
      + "expected \(clipped(expected, to: Self.longestPart))\(advice)"
  }
}

import Glibc

/// Whether output is coloured, and the colours.
///
/// Colour is used on a terminal only, and not if `NO_COLOR` is set and not empty (no-color.org) or `TERM` is `dumb`.
public struct ColorPolicy: Sendable, Equatable {
  /// What a piece of text is, which decides how it looks.
  public enum Style: String, Sendable {
    case heading = "1"
    case faint = "2"
    case bad = "31"
    case good = "32"
    case warning = "33"
  }

  /// No colour at all.
  public static let never = ColorPolicy(isEnabled: false)

  /// Whether escape sequences are written.
  public let isEnabled: Bool

  /// A policy that is decided elsewhere.
  public init(isEnabled: Bool) {
    self.isEnabled = isEnabled
  }

  /// The policy for a kind of output, by the rules above.
  public init(isTerminal: Bool, noColor: String?, term: String?) {
    isEnabled = isTerminal && (noColor ?? "").isEmpty && term != "dumb"
  }

  /// The policy for a file descriptor, from the environment of this process.
  public static func forDescriptor(_ descriptor: Int32) -> ColorPolicy {
    func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
    return ColorPolicy(
      isTerminal: isatty(descriptor) == 1, noColor: variable("NO_COLOR"), term: variable("TERM"))
  }

  /// The text between the escape sequences of a style, or the text alone.
  public func paint(_ text: String, _ style: Style) -> String {
    isEnabled && !text.isEmpty ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
  }

  /// The text in the colour of a category, such as an entity type; categories beyond the sixth share colours.
  public func paint(_ text: String, category: Int) -> String {
    let codes = ["36", "35", "33", "32", "34", "31"]
    let code = codes[Int(category.magnitude % UInt(codes.count))]
    return isEnabled && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}

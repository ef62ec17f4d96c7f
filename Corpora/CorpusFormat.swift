import Text

/// What happens to a sentence with a line that cannot be read.
public enum BadLines: String, Sendable, CaseIterable {
  /// The file is refused.
  case stop
  /// The sentence is left out and counted.
  case skip
}

/// How a corpus file is to be read, as far as the file itself does not say.
public struct CorpusFormat: Sendable, Equatable, CustomStringConvertible {
  /// Which columns hold what; nil to tell from the file's first lines.
  public var columns: ColumnSelection?
  /// The character encoding.
  public var encoding: TextEncoding
  /// The names of the tags that JSON Lines give as numbers, from 0; nil where the file names them.
  public var tagNames: [String]?
  /// The unit of places in the texts of JSON Lines, where a file does not tell it; nil for characters.
  public var offsets: OffsetUnit?
  /// What happens to a sentence with a line that cannot be read.
  public var badLines: BadLines

  /// UTF-8 whose columns the file tells itself, and no bad lines, unless told otherwise.
  public init(
    columns: ColumnSelection? = nil, encoding: TextEncoding = .utf8, tagNames: [String]? = nil,
    offsets: OffsetUnit? = nil, badLines: BadLines = .stop
  ) {
    self.columns = columns
    self.encoding = encoding
    self.tagNames = tagNames
    self.offsets = offsets
    self.badLines = badLines
  }

  /// The options that ask for this format; empty for the usual one.
  public var description: String { arguments.joined(separator: " ") }

  /// The command-line arguments that ask for this format; none for the usual one.
  public var arguments: [String] {
    let options: [(name: String, value: String?)] = [
      ("--columns", columns.map { "\($0)" }),
      ("--encoding", encoding == .utf8 ? nil : encoding.rawValue),
      ("--tag-names", tagNames?.joined(separator: ",")), ("--offsets", offsets?.rawValue),
      ("--bad-lines", badLines == .stop ? nil : badLines.rawValue),
    ]
    return options.flatMap { option in option.value.map { [option.name, $0] } ?? [] }
  }
}

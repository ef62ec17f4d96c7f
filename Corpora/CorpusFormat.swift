import Labels
import Text

/// How a corpus file is to be read, as far as the file itself does not say.
public struct CorpusFormat: Sendable, Equatable, CustomStringConvertible {
  /// What the examples are for; nil to tell from the file.
  public var task: TaskKind?
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
    task: TaskKind? = nil,
    columns: ColumnSelection? = nil, encoding: TextEncoding = .utf8, tagNames: [String]? = nil,
    offsets: OffsetUnit? = nil, badLines: BadLines = .stop
  ) {
    self.task = task
    self.columns = columns
    self.encoding = encoding
    self.tagNames = tagNames
    self.offsets = offsets
    self.badLines = badLines
  }

  /// Why no file can be read so, in words for the user: columns of another task than the one that is named.
  public var problem: String? {
    guard let task, let columns else { return nil }
    let isFitting = task == .tag ? columns.texts == nil : columns.texts != nil
    guard !isFitting || columns.texts?.task.map({ $0 != task }) == true else { return nil }
    return "--columns \(columns) does not go with --task \(task), which takes "
      + (task == .tag
        ? "word, pos and tag" : task == .pair ? "text_a, text_b and label" : "text and label")
  }

  /// Whether texts with labels are asked for, rather than what the file itself tells.
  var asksForTexts: Bool { columns?.texts != nil || task == .sentence || task == .pair }

  /// The options that ask for this format; empty for the usual one.
  public var description: String { arguments.joined(separator: " ") }

  /// The command-line arguments that ask for this format; none for the usual one.
  public var arguments: [String] {
    let options: [(name: String, value: String?)] = [
      ("--task", task?.rawValue), ("--columns", columns.map { "\($0)" }),
      ("--encoding", encoding == .utf8 ? nil : encoding.rawValue),
      ("--tag-names", tagNames?.joined(separator: ",")), ("--offsets", offsets?.rawValue),
      ("--bad-lines", badLines == .stop ? nil : badLines.rawValue),
    ]
    return options.flatMap { option in option.value.map { [option.name, $0] } ?? [] }
  }
}

/// The character encoding of a corpus file.
public enum TextEncoding: String, Sendable, CaseIterable {
  /// UTF-8; other bytes are an error.
  case utf8 = "utf-8"
  /// ISO 8859-1, in which every byte is the character of its number; the control characters 0x80 to 0x9F are an error.
  case latin1
  /// Windows-1252: ISO 8859-1 with curly quotes, dashes and letters in place of the control characters.
  case windows1252 = "windows-1252"

  /// Decodes bytes; nil if they are not of this encoding.
  func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    // ASCII, which most fields are, needs no validation, and that takes most of the reading time.
    if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
    if self == .utf8 { return String(validating: bytes, as: UTF8.self) }
    var text = String.UnicodeScalarView()
    for byte in bytes {
      guard (0x80...0x9F).contains(byte) else {
        text.append(Unicode.Scalar(byte))
        continue
      }
      guard self == .windows1252, let scalar = Self.windows[Int(byte) - 0x80] else { return nil }
      text.append(scalar)
    }
    return String(text)
  }

  /// What Windows-1252 has from 0x80 to 0x9F; five bytes stand for nothing.
  private static let windows: [Unicode.Scalar?] = [
    "€", nil, "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", nil, "Ž", nil,
    nil, "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", nil, "ž", "Ÿ",
  ]
}

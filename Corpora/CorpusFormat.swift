import Text

/// How a corpus file is to be read, as far as the file itself does not say.
public struct CorpusFormat: Sendable, Equatable, CustomStringConvertible {
  /// Which columns hold what; nil for the usual places.
  public var columns: ColumnSelection?
  /// The character encoding.
  public var encoding: TextEncoding
  /// The names of the tags that JSON Lines give as numbers, from 0; nil where the file names them.
  public var tagNames: [String]?
  /// The unit of places in the texts of JSON Lines, where a file does not tell it; nil for characters.
  public var offsets: OffsetUnit?

  /// The usual places in UTF-8, unless told otherwise.
  public init(
    columns: ColumnSelection? = nil, encoding: TextEncoding = .utf8, tagNames: [String]? = nil,
    offsets: OffsetUnit? = nil
  ) {
    self.columns = columns
    self.encoding = encoding
    self.tagNames = tagNames
    self.offsets = offsets
  }

  /// The options that ask for this format; empty for the usual one.
  public var description: String { arguments.joined(separator: " ") }

  /// The command-line arguments that ask for this format; none for the usual one.
  public var arguments: [String] {
    (columns.map { ["--columns", "\($0)"] } ?? [])
      + (encoding == .utf8 ? [] : ["--encoding", encoding.rawValue])
      + (tagNames.map { ["--tag-names", $0.joined(separator: ",")] } ?? [])
      + (offsets.map { ["--offsets", $0.rawValue] } ?? [])
  }
}

/// The file formats of a corpus.
enum CorpusKind: Equatable {
  case columns
  case conllu
  case jsonLines

  /// Recognises a format by the file's name, else by its first line that is not blank.
  init(name: String, firstLine: UnsafeBufferPointer<UInt8>) {
    let name = name.lowercased()
    if name.hasSuffix(".conllu") {
      self = .conllu
    } else if [".jsonl", ".ndjson", ".json"].contains(where: name.hasSuffix) {
      self = .jsonLines
    } else if Self.isObject(firstLine) || Self.isArray(firstLine) {
      self = .jsonLines
    } else if Self.isConllu(firstLine) {
      self = .conllu
    } else {
      self = .columns
    }
  }

  /// Whether a line begins as `{"` and ends with `}`, which no line of columns does.
  private static func isObject(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    let ends = line.last { !isSpace($0) } == UInt8(ascii: "}")
    let start = line.drop(while: isSpace)
    guard ends, start.first == UInt8(ascii: "{") else { return false }
    let next = start.dropFirst().first { !isSpace($0) }
    return next == UInt8(ascii: "\"") || start.count == 2
  }

  /// Whether a line opens an array of objects or of pairs, or is a pair of a text and an object.
  private static func isArray(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = line.lazy.filter { $0 != 0x20 && $0 != 0x09 }.prefix(3)
    if [#"[{""#, #"[[""#].contains(where: { start.elementsEqual($0.utf8) }) { return true }
    let end = line.lazy.reversed().filter { $0 != 0x20 && $0 != 0x09 }.prefix(2)
    return start.starts(with: #"[""#.utf8) && end.elementsEqual("]}".utf8)
  }

  /// Whether a line is a CoNLL-U comment that opens a file, or has ten tab-separated fields of which the first is 1, 1-n or 0.n.
  private static func isConllu(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    let openings = ["# sent_id", "# text", "# newdoc", "# newpar", "# global.columns"]
    if openings.contains(where: { line.starts(with: $0.utf8) }) { return true }
    guard line.count(where: { $0 == 0x09 }) == ConlluParser.fieldCount - 1 else { return false }
    let id = Array(line.prefix { $0 != 0x09 })
    return id == [0x31] || id.starts(with: [0x31, 0x2D]) || id.starts(with: [0x30, 0x2E])
  }
}

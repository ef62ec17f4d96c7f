import Files

/// Reads a column file sentence by sentence, in memory that does not grow with the file.
///
/// One word a line in columns, an empty line after each sentence. The columns are separated by tabs or by runs of spaces; the
/// first is the word, the last (of two or more) the entity tag, the second (of three or more) the part of speech. So
/// CoNLL-2003's four columns, `word POS tag`, `word tag` and bare words are all read. `-DOCSTART-` lines open a document and
/// are not words. Tags of IOB1 and IOB2 come out as IOB2.
public final class ColumnReader {
  /// The name that errors carry: the path as it was given, or the name of bytes in memory.
  public let name: String
  /// What the tags read so far say about their scheme.
  public private(set) var evidence = TagScheme.Evidence()
  /// Whether the file has a part-of-speech column; nil before its first word was read.
  public var hasPartsOfSpeech: Bool? { layout.map { $0.roles.partOfSpeech != nil } }
  /// Whether the file has a tag column; nil before its first word was read.
  public var hasTags: Bool? { layout.map { $0.roles.tag != nil } }

  private let source: LineSource
  private let encoding: TextEncoding
  private var layout: (roles: ColumnRoles, line: Int)?
  private var columns = ColumnLine()
  private var documentPending = false

  private static let documentStart = Array("-DOCSTART-".utf8)

  private enum LineKind {
    case blank
    case documentStart
    case word
  }

  /// Opens a file; `-` is standard input.
  ///
  /// - Throws: `FileError` if it is missing, unreadable or a directory.
  public init(path: String, encoding: TextEncoding = .utf8) throws {
    name = path
    self.encoding = encoding
    source = .file(try LineReader(path: path))
  }

  /// Reads bytes in memory, under a name for errors.
  public init(bytes: [UInt8], name: String, encoding: TextEncoding = .utf8) {
    self.name = name
    self.encoding = encoding
    source = .memory(MemoryLines(bytes: bytes))
  }

  /// The next sentence; nil at the end of the file.
  ///
  /// - Throws: `FileError` when reading fails; `DataError` with the line for a number of columns that changes, a tag that is not
  ///   `O`, `B-TYPE` or `I-TYPE`, and bytes that are not of the encoding.
  public func next() throws -> Sentence? {
    var sentence = Sentence()
    while let kind = try source.next({ try read($0, into: &sentence) }) {
      switch kind {
      case .word: continue
      case .documentStart: documentPending = true
      case .blank: break
      }
      if !sentence.words.isEmpty { return finished(sentence) }
    }
    return sentence.words.isEmpty ? nil : finished(sentence)
  }

  private func finished(_ sentence: Sentence) -> Sentence {
    var sentence = sentence
    TagScheme.convertToIOB2(&sentence.tags, evidence: &evidence)
    return sentence
  }

  private func read(
    _ line: UnsafeBufferPointer<UInt8>, into sentence: inout Sentence
  ) throws -> LineKind {
    columns.cut(line)
    guard let first = columns.fields.first else { return .blank }
    if line[first].elementsEqual(Self.documentStart) { return .documentStart }
    let roles = try roles(of: line)
    if sentence.words.isEmpty {
      sentence.line = source.lineNumber
      sentence.startsDocument = documentPending
      documentPending = false
    }
    sentence.words.append(try text(of: roles.word, in: line))
    if let column = roles.partOfSpeech {
      sentence.partsOfSpeech.append(try text(of: column, in: line))
    }
    if let column = roles.tag {
      sentence.tags.append(try checkedTag(try text(of: column, in: line), column: column))
    }
    return .word
  }

  /// The roles that the first line of words set; every other line must have as many columns.
  private func roles(of line: UnsafeBufferPointer<UInt8>) throws -> ColumnRoles {
    let count = columns.fields.count
    guard let layout else {
      let roles = ColumnRoles(count: count)
      layout = (roles, source.lineNumber)
      return roles
    }
    guard count == layout.roles.count else {
      throw DataError(
        file: name, line: source.lineNumber,
        found: "\(count) \(count == 1 ? "column" : "columns") in \(quoted(line))",
        expected: "\(layout.roles.count) as in line \(layout.line)",
        remedy: "separate columns by a tab or by spaces, leave none empty, "
          + "and put an empty line between sentences")
    }
    return layout.roles
  }

  private func checkedTag(_ tag: String, column: Int) throws -> String {
    guard !TagScheme.isWellFormed(tag) else { return tag }
    let isOtherScheme = ["S-", "E-", "L-", "U-", "M-"].contains { tag.hasPrefix($0) }
    throw DataError(
      file: name, line: source.lineNumber,
      found: "the tag \(quoted(tag)) in column \(column + 1)",
      expected: "O, B-TYPE or I-TYPE",
      remedy: isOtherScheme
        ? "convert BIOES or BILOU tags to IOB2" : "the last column must be the entity tag")
  }

  private func text(of column: Int, in line: UnsafeBufferPointer<UInt8>) throws -> String {
    let bytes = UnsafeBufferPointer(rebasing: line[columns.fields[column]])
    guard let text = encoding.decode(bytes) else {
      throw DataError(
        file: name, line: source.lineNumber, found: "bytes that are not UTF-8",
        expected: "UTF-8 text", remedy: "convert it with: iconv -f latin1 -t utf-8")
    }
    return text
  }

  private func quoted(_ line: UnsafeBufferPointer<UInt8>) -> String {
    quoted(String(decoding: line.prefix(400), as: UTF8.self))
  }

  /// Text of a file as an error shows it: one line, at most 60 characters, no control characters.
  private func quoted(_ text: String) -> String {
    let limit = 60
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(limit) {
      let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
      shown.append(isControl ? " " : scalar)
    }
    return "\"\(String(shown))\(text.unicodeScalars.count > limit ? "…" : "")\""
  }
}

import Files

/// Cuts the lines of a table into records and their fields.
///
/// Between tabs every character is text, quotes too, as in the files of GLUE. Between commas or semicolons a field may stand
/// in quotation marks (RFC 4180): it holds separators, line breaks and doubled quotation marks as text, so that a record may
/// take several lines.
struct RecordCutter {
  /// What stands between two fields.
  let separator: UInt8
  /// The bytes of the record, without the quotation marks around fields.
  private(set) var bytes: [UInt8] = []
  /// The fields of the record within `bytes`, without spaces at their ends.
  private(set) var fields: [Range<Int>] = []
  /// The line at which the record begins.
  private(set) var line = 0
  /// Whether the record goes on in the next line, within quotation marks.
  private(set) var isOpen = false
  private var fieldStart = 0

  static let tab: UInt8 = 0x09
  private static let quote = UInt8(ascii: "\"")

  /// Whether fields may stand in quotation marks.
  private var hasQuotes: Bool { separator != Self.tab }

  init(separator: UInt8) { self.separator = separator }

  /// Takes the next line; false if the record goes on in the line after it.
  ///
  /// - Throws: `DataError` for text after a closing quotation mark, and for a record that is too long.
  mutating func cut(_ line: CorpusLine) throws -> Bool {
    if isOpen {
      bytes.append(0x0A)
    } else {
      bytes.removeAll(keepingCapacity: true)
      fields.removeAll(keepingCapacity: true)
      fieldStart = 0
      self.line = line.number
    }
    if hasQuotes {
      try cutQuoted(line)
    } else {
      bytes.append(contentsOf: line.bytes)
      while let end = bytes[fieldStart...].firstIndex(of: separator) {
        endField(end)
        fieldStart = end + 1
      }
      endField(bytes.count)
    }
    return !isOpen
  }

  /// Calls `body` with the record as if it were a line, of which each of `fields` is a part.
  func withRecord<Result>(
    _ line: CorpusLine, _ body: (CorpusLine) throws -> Result
  ) rethrows -> Result {
    try bytes.withUnsafeBufferPointer {
      try body(
        CorpusLine(bytes: $0, number: self.line, file: line.file, encoding: line.encoding))
    }
  }

  private mutating func endField(_ end: Int) {
    let start = fieldStart
    fields.append(bytes.withUnsafeBufferPointer { ColumnLine.trimmed(start..<end, of: $0) })
  }

  private mutating func cutQuoted(_ line: CorpusLine) throws {
    var isQuoted = isOpen
    var isClosed = false
    isOpen = false
    var previous: UInt8 = 0
    for byte in line.bytes {
      if isQuoted, byte == Self.quote {
        (isQuoted, isClosed) = (false, true)
      } else if isQuoted {
        bytes.append(byte)
      } else if byte == separator {
        endField(bytes.count)
        fieldStart = bytes.count
        isClosed = false
      } else if byte == Self.quote, isClosed, previous == Self.quote {
        bytes.append(byte)
        (isQuoted, isClosed) = (true, false)
      } else if byte == Self.quote, bytes.count == fieldStart, !isClosed {
        isQuoted = true
      } else if !isClosed {
        bytes.append(byte)
      } else if byte != 0x20 {
        throw line.error(
          found: "text after a closing quotation mark in \(line.quoted)",
          expected: "a separator or the line's end there",
          remedy: "double the quotation marks within a quoted field")
      }
      previous = byte
    }
    guard isQuoted else { return endField(bytes.count) }
    isOpen = true
    guard bytes.count <= LineReader.longestLine else {
      isOpen = false
      throw DataError(
        file: line.file, line: self.line,
        found: "a quoted field of more than \(LineReader.longestLine) bytes",
        expected: "a quotation mark at its end", remedy: "is one missing?")
    }
  }
}

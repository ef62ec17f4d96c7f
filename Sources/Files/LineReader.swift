/// Reads a text file line by line in constant memory; `-` is standard input.
///
/// Lines end with LF or CRLF, or with several CRs before the LF as careless conversions leave them; the last line may lack its
/// end, and a UTF-8 byte order mark at the start is passed over.
public final class LineReader {
  /// The longest line that is read, in bytes; a longer one is an error.
  public static let longestLine = 1 << 24

  /// The number of the line that `next` returned last, counted from 1.
  public private(set) var lineNumber = 0
  /// The path as it was given.
  public var path: String { reader.path }

  private let reader: ByteReader
  private var buffer: [UInt8]
  private var start = 0
  private var end = 0
  private var atEnd = false

  /// Opens a file for reading.
  ///
  /// - Throws: `FileError` if it is missing, unreadable or a directory.
  public convenience init(path: String, blockSize: Int = 1 << 18) throws {
    self.init(try ByteReader(path: path), blockSize: blockSize)
  }

  /// Reads the lines of an open file.
  public init(_ reader: ByteReader, blockSize: Int = 1 << 18) {
    self.reader = reader
    buffer = [UInt8](repeating: 0, count: max(blockSize, 16))
  }

  /// Calls `body` with the next line's bytes, without its end; nil after the last line.
  ///
  /// - Throws: `FileError` when reading fails, `DataError` for a line over `longestLine`, and what `body` throws.
  public func next<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) throws -> Result?
  {
    var searched = start
    while true {
      if let newline = buffer[searched..<end].firstIndex(of: 0x0A) {
        defer { start = newline + 1 }
        return try deliver(start..<newline, to: body)
      }
      searched = end
      if atEnd {
        guard start < end else { return nil }
        defer { start = end }
        return try deliver(start..<end, to: body)
      }
      searched -= start
      try refill()
      searched += start
    }
  }

  /// The next line as a string; nil after the last line.
  ///
  /// - Throws: `FileError` when reading fails, `DataError` for a line that is too long or not UTF-8.
  public func nextString() throws -> String? {
    try next { bytes in
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw DataError(
          file: path, line: lineNumber, found: "bytes that are not UTF-8", expected: "UTF-8 text",
          remedy: "convert it with: iconv -f latin1 -t utf-8")
      }
      return text
    }
  }

  private func deliver<Result>(
    _ range: Range<Int>, to body: (UnsafeBufferPointer<UInt8>) throws -> Result
  ) throws -> Result {
    lineNumber += 1
    var range = range
    while let last = range.last, buffer[last] == 0x0D { range = range.lowerBound..<last }
    guard range.count <= Self.longestLine else { throw tooLong(lineNumber) }
    if lineNumber == 1, buffer[range].starts(with: [0xEF, 0xBB, 0xBF]) {
      range = range.lowerBound + 3..<range.upperBound
    }
    return try buffer.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[range])) }
  }

  /// Moves the unread rest to the front and reads another block behind it.
  private func refill() throws {
    let rest = end - start
    if start > 0 {
      buffer.withUnsafeMutableBytes { bytes in
        let source = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
        bytes.copyMemory(from: source)
      }
      start = 0
      end = rest
    } else if rest == buffer.count {
      // Room for CRLF behind the longest line: a buffer full without a line's end is too long.
      guard buffer.count < Self.longestLine + 2 else { throw tooLong(lineNumber + 1) }
      buffer.append(contentsOf: repeatElement(0, count: buffer.count))
    }
    let count = try buffer.withUnsafeMutableBytes {
      try reader.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[end...]))
    }
    end += count
    atEnd = count == 0
  }

  private func tooLong(_ line: Int) -> DataError {
    DataError(
      file: path, line: line, found: "a line of more than \(Self.longestLine) bytes",
      expected: "lines of text",
      remedy: "is this a binary file? cut a long JSON array into lines with: jq -c '.[]'")
  }
}

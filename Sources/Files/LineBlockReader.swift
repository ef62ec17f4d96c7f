/// Reads UTF-8 text in blocks of whole lines: as many as have come, so that a stream is answered before more is waited for.
///
/// A byte order mark at the start is passed over and counted. The path `-` is standard input.
public final class LineBlockReader {
  private let reader: ByteReader
  private var buffer: [UInt8]
  /// The bytes of `buffer` that were read.
  private var count = 0
  /// How many bytes of the input, and how many lines, stand before `buffer`.
  private var offset = 0
  private var lines = 0
  private var atEnd = false

  /// Opens a file for reading.
  ///
  /// - Throws: `FileError` if it is missing, unreadable or a directory.
  public convenience init(path: String, blockSize: Int = 1 << 16) throws {
    self.init(try ByteReader(path: path), blockSize: blockSize)
  }

  /// Reads the lines of an open file.
  public init(_ reader: ByteReader, blockSize: Int = 1 << 16) {
    self.reader = reader
    buffer = [UInt8](repeating: 0, count: max(blockSize, 16))
  }

  /// Calls `body` with the bytes of the lines that have come, and the number of bytes before them in the input.
  ///
  /// Every line but the input's last ends with a line break. What stands before a line that is no UTF-8 is delivered first.
  ///
  /// - Returns: Whether there were lines; false at the end.
  /// - Throws: `FileError` when reading fails; `DataError` for bytes that are not UTF-8 and for a line over
  ///   `LineReader.longestLine`; what `body` throws.
  public func next(
    _ body: (_ lines: UnsafeBufferPointer<UInt8>, _ offset: Int) throws -> Void
  ) throws -> Bool {
    var end = try completeLines()
    let mark = offset == 0 && buffer[..<end].starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    if end == mark { return false }
    if let bad = invalidByte(in: mark..<end) {
      let start = buffer[..<bad].lastIndex(of: 0x0A).map { $0 + 1 } ?? mark
      guard start > mark else {
        throw DataError(
          file: reader.path, line: lines + 1,
          found: "the byte 0x\(String(buffer[bad], radix: 16, uppercase: true)) at byte "
            + "\(bad - start + 1) of the line", expected: "UTF-8 text",
          remedy: "convert it with: iconv -f latin1 -t utf-8")
      }
      end = start
    }
    try buffer.withUnsafeBufferPointer {
      try body(UnsafeBufferPointer(rebasing: $0[mark..<end]), offset + mark)
    }
    lines += buffer[..<end].count { $0 == 0x0A }
    offset += end
    buffer.withUnsafeMutableBytes { bytes in
      bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[end..<count]))
    }
    count -= end
    return true
  }

  /// Reads until a line is complete; returns the end of the last complete one.
  private func completeLines() throws -> Int {
    var searched = 0
    while true {
      if let last = buffer[searched..<count].lastIndex(of: 0x0A) { return last + 1 }
      if atEnd { return count }
      searched = count
      if count == buffer.count {
        guard count <= LineReader.longestLine else {
          throw DataError(
            file: reader.path, line: lines + 1,
            found: "a line of more than \(LineReader.longestLine) bytes", expected: "lines of text",
            remedy: "is this a binary file?")
        }
        buffer.append(contentsOf: repeatElement(0, count: buffer.count))
      }
      let read = try buffer.withUnsafeMutableBytes {
        try reader.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[count...]))
      }
      count += read
      atEnd = read == 0
    }
  }

  /// The first byte that is not UTF-8.
  private func invalidByte(in range: Range<Int>) -> Int? {
    let bytes = buffer[range]
    guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
    var parser = Unicode.UTF8.ForwardParser()
    var rest = bytes.makeIterator()
    var index = range.lowerBound
    while case .valid(let scalar) = parser.parseScalar(from: &rest) { index += scalar.count }
    return index
  }
}

import Files

/// Where a corpus reader's lines come from: a file that is streamed, or bytes in memory.
enum LineSource {
  case file(LineReader)
  case memory(MemoryLines)

  /// The number of the line that `next` returned last, counted from 1.
  var lineNumber: Int {
    switch self {
    case .file(let reader): reader.lineNumber
    case .memory(let lines): lines.lineNumber
    }
  }

  /// Calls `body` with the next line's bytes, without its end; nil after the last line.
  func next<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) throws -> Result? {
    switch self {
    case .file(let reader): try reader.next(body)
    case .memory(let lines): try lines.next(body)
    }
  }
}

/// The lines of bytes in memory, cut by the rules of `LineReader`: LF or CRLF, a byte order mark passed over.
final class MemoryLines {
  private(set) var lineNumber = 0
  private let bytes: [UInt8]
  private var start: Int

  init(bytes: [UInt8]) {
    self.bytes = bytes
    start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  func next<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) throws -> Result? {
    guard start < bytes.count else { return nil }
    let newline = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
    var end = newline
    while end > start, bytes[end - 1] == 0x0D { end -= 1 }
    lineNumber += 1
    defer { start = newline + 1 }
    return try bytes.withUnsafeBufferPointer {
      try body(UnsafeBufferPointer(rebasing: $0[start..<end]))
    }
  }
}

/// The lines of a corpus file, of which the first can be looked at before they are read.
///
/// Byte order marks at the start of any line, which files that were joined have, belong to no line.
final class PeekableLines {
  /// A line that was looked at.
  struct Line {
    let number: Int
    let bytes: [UInt8]
  }

  /// The number of the line that `next` returned last, counted from 1.
  private(set) var lineNumber = 0
  /// The lines that were looked at and not read yet.
  private(set) var head: ArraySlice<Line> = []
  private let source: LineSource

  init(_ source: LineSource) { self.source = source }

  /// Looks at one line more, without blank ones before the first; nil after the last line.
  func peek() throws -> Line? {
    while let line = try source.next({
      Line(number: source.lineNumber, bytes: Array(Self.content($0)))
    }) {
      if head.isEmpty, ColumnLine.isBlank(line.bytes) { continue }
      head.append(line)
      return line
    }
    return nil
  }

  /// Calls `body` with the next line's bytes, without its end; nil after the last line.
  func next<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) throws -> Result? {
    if let line = head.popFirst() {
      lineNumber = line.number
      return try line.bytes.withUnsafeBufferPointer(body)
    }
    return try source.next {
      lineNumber = source.lineNumber
      return try body(Self.content($0))
    }
  }

  private static func content(_ line: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var start = 0
    while line.count - start >= 3, line[start] == 0xEF, line[start + 1] == 0xBB,
      line[start + 2] == 0xBF
    { start += 3 }
    return UnsafeBufferPointer(rebasing: line[start...])
  }
}

import Files

/// Where a column reader's lines come from: a file that is streamed, or bytes in memory.
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
    if end > start, bytes[end - 1] == 0x0D { end -= 1 }
    lineNumber += 1
    defer { start = newline + 1 }
    return try bytes.withUnsafeBufferPointer {
      try body(UnsafeBufferPointer(rebasing: $0[start..<end]))
    }
  }
}

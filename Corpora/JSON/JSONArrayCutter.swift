import Files

/// Cuts a file that is one JSON array, over however many lines, into its elements, of which one at a time is in memory.
///
/// Only brackets, commas and quotes are looked at; what an element holds is for the parser to check.
struct JSONArrayCutter {
  private enum State {
    case beforeArray
    /// Before an element; `afterComma` is whether one must follow.
    case beforeElement(afterComma: Bool)
    case inElement
    case afterArray
  }

  private var state = State.beforeArray
  private var element: [UInt8] = []
  private var elementLine = 0
  /// How many brackets are open within the element.
  private var depth = 0
  private var isInString = false
  private var isEscaped = false
  private var lastLine = 0

  /// Whether a file's first line opens an array of examples: `[` before an object, another array or the line's end.
  static func opensArray(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    var rest = line.drop(while: isSpace)
    guard rest.popFirst() == UInt8(ascii: "[") else { return false }
    guard let next = rest.first(where: { !isSpace($0) }) else { return true }
    return next == UInt8(ascii: "{") || next == UInt8(ascii: "[") || next == UInt8(ascii: "]")
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
  }

  /// Takes the next line and calls `body` with each element that ends in it, as if it were a line of its own.
  ///
  /// - Throws: `DataError` where a comma or a bracket is missing or an element is too long; what `body` throws.
  mutating func cut(_ line: CorpusLine, _ body: (CorpusLine) throws -> Void) throws {
    lastLine = line.number
    for byte in line.bytes {
      switch state {
      case .beforeArray:
        if byte == UInt8(ascii: "[") {
          state = .beforeElement(afterComma: false)
        } else if !Self.isSpace(byte) {
          throw unexpected(byte, in: line, expected: "'['")
        }
      case .beforeElement(let afterComma):
        if Self.isSpace(byte) { continue }
        if byte == UInt8(ascii: "]"), !afterComma {
          state = .afterArray
          continue
        }
        guard byte != UInt8(ascii: "]"), byte != UInt8(ascii: ",") else {
          throw unexpected(byte, in: line, expected: "an element of the array")
        }
        state = .inElement
        elementLine = line.number
        append(byte)
      case .inElement:
        let isEnd = depth == 0 && !isInString
        if isEnd, byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]") {
          try deliver(line, body)
          state = byte == UInt8(ascii: ",") ? .beforeElement(afterComma: true) : .afterArray
        } else {
          append(byte)
        }
      case .afterArray:
        guard Self.isSpace(byte) else {
          throw unexpected(byte, in: line, expected: "nothing after the array")
        }
      }
    }
    if case .inElement = state {
      element.append(0x0A)
      guard element.count <= LineReader.longestLine else {
        throw DataError(
          file: line.file, line: elementLine,
          found: "an element of more than \(LineReader.longestLine) bytes",
          expected: "an array of examples", remedy: "is a bracket or a quotation mark missing?")
      }
    }
  }

  /// Makes sure that the array was closed.
  ///
  /// - Throws: `DataError` if it was not.
  func checkEnd(file: String) throws {
    if case .afterArray = state { return }
    let element: Int? = if case .inElement = state { elementLine } else { nil }
    throw DataError(
      file: file, line: element ?? lastLine,
      found:
        "the end of the file within \(element == nil ? "an array" : "this element of an array")",
      expected: "']' at the array's end",
      remedy: "is the file cut short, or a bracket or a quotation mark missing?")
  }

  private mutating func append(_ byte: UInt8) {
    element.append(byte)
    if isInString {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString = false
      }
      return
    }
    switch byte {
    case UInt8(ascii: "\""): isInString = true
    case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
    case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
    default: break
    }
  }

  private mutating func deliver(_ line: CorpusLine, _ body: (CorpusLine) throws -> Void) throws {
    defer { element.removeAll(keepingCapacity: true) }
    try element.withUnsafeBufferPointer {
      try body(
        CorpusLine(bytes: $0, number: elementLine, file: line.file, encoding: line.encoding))
    }
  }

  private func unexpected(_ byte: UInt8, in line: CorpusLine, expected: String) -> DataError {
    line.error(
      found: CorpusLine.quoted(String(decoding: [byte], as: UTF8.self)), expected: expected,
      remedy: "a file that begins with '[' is read as one JSON array")
  }
}

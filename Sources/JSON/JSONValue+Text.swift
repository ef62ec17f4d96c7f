import Files

extension JSONValue {
  /// What to do with a key that stands twice in one object.
  public enum DuplicateKeys: Sendable {
    /// The last value counts, as in Python and JavaScript.
    case lastWins
    /// The document is refused.
    case areErrors
  }

  /// How a document is laid out.
  public enum Layout: Sendable {
    /// One line without spaces.
    case compact
    /// A line for each element, indented by two spaces.
    case pretty
  }

  /// Parses a document.
  ///
  /// - Parameters:
  ///   - bytes: The document in UTF-8.
  ///   - file: The file's name for messages.
  ///   - duplicateKeys: What to do with a key that stands twice in one object.
  /// - Returns: The document.
  /// - Throws: `DataError` with line and byte offset for anything that is not strict JSON.
  public static func parse(
    _ bytes: UnsafeRawBufferPointer, file: String, duplicateKeys: DuplicateKeys = .lastWins
  ) throws(DataError) -> JSONValue {
    var parser = JSONParser(bytes, duplicateKeys: duplicateKeys)
    do {
      return try parser.document()
    } catch {
      let line = bytes[..<error.offset].reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
      throw DataError(
        file: file, line: line, found: "\(error.found) at byte \(error.offset)",
        expected: error.expected)
    }
  }

  /// Parses a document.
  ///
  /// - Parameters:
  ///   - text: The document.
  ///   - file: The file's name for messages.
  ///   - duplicateKeys: What to do with a key that stands twice in one object.
  /// - Returns: The document.
  /// - Throws: `DataError` with line and byte offset for anything that is not strict JSON.
  public static func parse(
    _ text: String, file: String, duplicateKeys: DuplicateKeys = .lastWins
  ) throws(DataError) -> JSONValue {
    var text = text
    return try text.withUTF8 { bytes in
      Result { () throws(DataError) in
        try parse(UnsafeRawBufferPointer(bytes), file: file, duplicateKeys: duplicateKeys)
      }
    }.get()
  }

  /// Reads a file that holds one document.
  ///
  /// - Throws: `FileError` if it cannot be read, `DataError` if it is not strict JSON.
  public static func read(
    path: String, duplicateKeys: DuplicateKeys = .lastWins
  ) throws -> JSONValue {
    try read(MappedFile(path: path, isCopied: true), duplicateKeys: duplicateKeys)
  }

  /// Reads an open file that holds one document.
  ///
  /// - Throws: `DataError` if it is not strict JSON.
  public static func read(
    _ file: MappedFile, duplicateKeys: DuplicateKeys = .lastWins
  ) throws -> JSONValue {
    try withExtendedLifetime(file) {
      try parse(file.bytes, file: file.path, duplicateKeys: duplicateKeys)
    }
  }

  /// The document as text.
  ///
  /// Numbers read back to the same value. JSON has no NaN and no infinity: they become `null`.
  public func text(_ layout: Layout = .compact) -> String {
    var writer = JSONWriter(layout: layout)
    writer.append(self, depth: 0)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// The beginning of the document on one line, for a message.
  public var excerpt: String {
    let text = text()
    return text.utf8.count <= 80 ? text : "\(text.prefix(80))..."
  }
}

/// Lays a document out as UTF-8.
private struct JSONWriter {
  let layout: JSONValue.Layout
  var bytes: [UInt8] = []

  init(layout: JSONValue.Layout) { self.layout = layout }

  mutating func append(_ value: JSONValue, depth: Int) {
    switch value {
    case .null: append("null")
    case .bool(let value): append(value ? "true" : "false")
    case .integer(let value): append(value.description)
    case .number(let value): append(value.isFinite ? value.description : "null")
    case .string(let value): appendString(value)
    case .array(let elements):
      appendGroup(elements, "[", "]", depth: depth) { writer, element in
        writer.append(element, depth: depth + 1)
      }
    case .object(let pairs):
      let colon = layout == .pretty ? ": " : ":"
      appendGroup(pairs, "{", "}", depth: depth) { writer, pair in
        writer.appendString(pair.0)
        writer.append(colon)
        writer.append(pair.1, depth: depth + 1)
      }
    }
  }

  private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func appendGroup<Elements: Sequence>(
    _ elements: Elements, _ opening: String, _ closing: String, depth: Int,
    _ appendElement: (inout JSONWriter, Elements.Element) -> Void
  ) {
    append(opening)
    var isEmpty = true
    for element in elements {
      if !isEmpty { append(",") }
      isEmpty = false
      startLine(depth: depth + 1)
      appendElement(&self, element)
    }
    if !isEmpty { startLine(depth: depth) }
    append(closing)
  }

  private mutating func startLine(depth: Int) {
    guard layout == .pretty else { return }
    append("\n")
    bytes.append(contentsOf: repeatElement(0x20, count: 2 * depth))
  }

  private mutating func appendString(_ text: String) {
    append("\"")
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): append("\\\"")
      case UInt8(ascii: "\\"): append("\\\\")
      case 0x0A: append("\\n")
      case 0x0D: append("\\r")
      case 0x09: append("\\t")
      case 0..<0x20, 0x7F: append("\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))")
      default: bytes.append(byte)
      }
    }
    append("\"")
  }
}

/// Reads one JSON document strictly by RFC 8259: no comments, no trailing commas, no NaN, no lone surrogates.
///
/// Nesting is bounded, so that no file can exhaust the stack.
public struct JSONParser {
  /// The first thing in the bytes that is not JSON.
  public struct Failure: Error {
    /// The byte where it stands.
    public let offset: Int
    /// What was found.
    public let found: String
    /// What would have been right.
    public let expected: String
  }

  /// The deepest nesting of arrays and objects that is read.
  static let deepest = 128

  private let bytes: UnsafeRawBufferPointer
  private let duplicateKeys: JSONValue.DuplicateKeys
  private var position = 0

  /// Reads from bytes, which must stay where they are.
  public init(_ bytes: UnsafeRawBufferPointer, duplicateKeys: JSONValue.DuplicateKeys) {
    self.bytes = bytes
    self.duplicateKeys = duplicateKeys
  }

  /// Reads the whole document.
  ///
  /// - Throws: `Failure` for what is not JSON.
  public mutating func document() throws(Failure) -> JSONValue {
    let document = try value(depth: 0)
    skipSpace()
    guard position == bytes.count else { throw failure("the end of the document") }
    return document
  }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard current == byte else { return false }
    position += 1
    return true
  }

  private mutating func value(depth: Int) throws(Failure) -> JSONValue {
    skipSpace()
    if depth == Self.deepest, current == UInt8(ascii: "{") || current == UInt8(ascii: "[") {
      throw Failure(
        offset: position, found: "nesting deeper than \(Self.deepest) levels",
        expected: "at most \(Self.deepest)")
    }
    switch current {
    case UInt8(ascii: "{"): return .object(try object(depth: depth))
    case UInt8(ascii: "["): return .array(try array(depth: depth))
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try literal("true", .bool(true))
    case UInt8(ascii: "f"): return try literal("false", .bool(false))
    case UInt8(ascii: "n"): return try literal("null", .null)
    case UInt8(ascii: "-"), .some(0x30...0x39): return try number()
    default: throw failure("a JSON value")
    }
  }

  private mutating func object(depth: Int) throws(Failure) -> JSONObject {
    var object = JSONObject()
    position += 1
    skipSpace()
    if take(UInt8(ascii: "}")) { return object }
    while true {
      skipSpace()
      let start = position
      guard current == UInt8(ascii: "\"") else { throw failure("a key in double quotes") }
      let key = try string()
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw failure("':' after a key") }
      let value = try value(depth: depth + 1)
      if duplicateKeys == .areErrors, object[key] != nil {
        throw Failure(
          offset: start, found: "the key \(JSONValue.string(key).text()) a second time",
          expected: "each key once")
      }
      object[key] = value
      skipSpace()
      if take(UInt8(ascii: "}")) { return object }
      guard take(UInt8(ascii: ",")) else { throw failure("',' or '}'") }
    }
  }

  private mutating func array(depth: Int) throws(Failure) -> [JSONValue] {
    var array: [JSONValue] = []
    position += 1
    skipSpace()
    if take(UInt8(ascii: "]")) { return array }
    while true {
      array.append(try value(depth: depth + 1))
      skipSpace()
      if take(UInt8(ascii: "]")) { return array }
      guard take(UInt8(ascii: ",")) else { throw failure("',' or ']'") }
    }
  }

  private mutating func literal(
    _ word: StaticString, _ value: JSONValue
  ) throws(Failure) -> JSONValue {
    for index in 0..<word.utf8CodeUnitCount {
      guard take(word.utf8Start[index]) else { throw failure("'\(word)'") }
    }
    return value
  }
}

extension JSONParser {
  private mutating func digits() throws(Failure) {
    let start = position
    while let byte = current, (0x30...0x39).contains(byte) { position += 1 }
    guard position > start else { throw failure("a digit") }
  }

  private mutating func number() throws(Failure) -> JSONValue {
    let start = position
    var isWhole = true
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { try digits() }
    if take(UInt8(ascii: ".")) {
      isWhole = false
      try digits()
    }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      isWhole = false
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try digits()
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isWhole, let whole = Int(text) { return .integer(whole) }
    guard let value = Double(text), value.isFinite else {
      throw Failure(
        offset: start, found: "a number out of range", expected: "a 64-bit floating-point number")
    }
    return .number(value)
  }

  private mutating func string() throws(Failure) -> String {
    let start = position
    position += 1
    var runStart = position
    var unescaped: [UInt8] = []
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""):
        let run = bytes[runStart..<position]
        position += 1
        if unescaped.isEmpty { return try validated(run, start: start) }
        unescaped.append(contentsOf: run)
        return try validated(unescaped, start: start)
      case UInt8(ascii: "\\"):
        unescaped.append(contentsOf: bytes[runStart..<position])
        position += 1
        unescaped.append(contentsOf: UTF8.encode(try escape()) ?? UTF8.encodedReplacementCharacter)
        runStart = position
      case 0..<0x20:
        throw failure("control characters in strings written as \\uXXXX")
      default:
        position += 1
      }
    }
    throw failure("'\"' at the end of the string that begins at byte \(start)")
  }

  private func validated(
    _ text: some Sequence<UInt8>, start: Int
  ) throws(Failure) -> String {
    guard let string = String(validating: text, as: UTF8.self) else {
      throw Failure(
        offset: start, found: "a string that is not UTF-8", expected: "UTF-8 text")
    }
    return string
  }

  /// The character that an escape sequence stands for; `position` is behind the backslash.
  private mutating func escape() throws(Failure) -> Unicode.Scalar {
    guard let byte = current else { throw failure("an escape sequence") }
    let simple: Unicode.Scalar
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): simple = Unicode.Scalar(byte)
    case UInt8(ascii: "b"): simple = "\u{08}"
    case UInt8(ascii: "f"): simple = "\u{0C}"
    case UInt8(ascii: "n"): simple = "\n"
    case UInt8(ascii: "r"): simple = "\r"
    case UInt8(ascii: "t"): simple = "\t"
    case UInt8(ascii: "u"):
      position += 1
      return try unicodeEscape()
    default: throw failure("one of \" \\ / b f n r t u after a backslash")
    }
    position += 1
    return simple
  }

  private mutating func unicodeEscape() throws(Failure) -> Unicode.Scalar {
    let start = position - 2
    let first = try fourHexadecimalDigits()
    if let scalar = Unicode.Scalar(first) { return scalar }
    if first < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) {
      let second = try fourHexadecimalDigits()
      if (0xDC00..<0xE000).contains(second),
        let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
      {
        return scalar
      }
    }
    throw Failure(
      offset: start, found: "half of a surrogate pair",
      expected: "\\uD800 to \\uDBFF followed by \\uDC00 to \\uDFFF")
  }

  private mutating func fourHexadecimalDigits() throws(Failure) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = current,
        let digit = Character(Unicode.Scalar(byte)).hexDigitValue
      else { throw failure("four hexadecimal digits after \\u") }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }

  /// Describes the byte at the current position.
  private func failure(_ expected: String) -> Failure {
    let found =
      switch current {
      case nil: "the end"
      case .some(let byte) where (0x21..<0x7F).contains(byte): "'\(Unicode.Scalar(byte))'"
      case .some(let byte): "byte 0x\(byte < 16 ? "0" : "")\(String(byte, radix: 16))"
      }
    return Failure(offset: position, found: found, expected: expected)
  }
}

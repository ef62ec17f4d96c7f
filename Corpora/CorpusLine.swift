import Files
import JSON
import Labels

/// A line of a corpus file with its place, for the parsers of all formats.
struct CorpusLine {
  /// The bytes, without the line's end.
  let bytes: UnsafeBufferPointer<UInt8>
  /// The line's number, counted from 1.
  let number: Int
  /// The file's name for messages.
  let file: String
  /// The encoding of the bytes.
  let encoding: TextEncoding

  /// The text of a part of the line.
  ///
  /// - Throws: `DataError` if the bytes are not of the encoding.
  func text(_ range: Range<Int>) throws -> String {
    let field = UnsafeBufferPointer(rebasing: bytes[range])
    guard let text = encoding.decode(field) else { throw undecodable(field) }
    return text
  }

  private func undecodable(_ field: UnsafeBufferPointer<UInt8>) -> DataError {
    guard encoding != .utf8 else {
      return error(
        found: "bytes that are not UTF-8", expected: "UTF-8 text",
        remedy: "give --encoding latin1 if it is ISO 8859-1, "
          + "or convert it with: iconv -f ENCODING -t utf-8")
    }
    let byte = field.first { (0x80...0x9F).contains($0) } ?? 0
    let hex = "0x\(String(byte, radix: 16, uppercase: true))"
    return encoding == .latin1
      ? error(
        found: "the byte \(hex)", expected: "ISO 8859-1, where it is no character",
        remedy: "give --encoding windows-1252, or utf-8 if the file is UTF-8")
      : error(
        found: "the byte \(hex)", expected: "Windows-1252, where it is no character",
        remedy: "convert it with: iconv -f ENCODING -t utf-8")
  }

  /// Makes sure that the first line of a file is text of 8 bits a character.
  ///
  /// - Throws: `DataError` for UTF-16 and UTF-32, which have a byte order mark or a zero in every other byte, and for binary
  ///   files.
  func checkIsText() throws {
    let isMarked = bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
    let zeros = bytes.count { $0 == 0 }
    guard isMarked || zeros * 3 > bytes.count else { return }
    throw error(
      found: isMarked ? "UTF-16" : "a byte of zero in every third or more", expected: "UTF-8 text",
      remedy: "convert it with: iconv -f utf-16 -t utf-8, unless it is a binary file")
  }

  /// Makes sure that no carriage return is left inside the line.
  ///
  /// - Throws: `DataError` if one is.
  func checkCarriageReturns() throws {
    guard bytes.contains(0x0D) else { return }
    throw error(
      found: "a carriage return within \(quoted)", expected: "lines that end with LF or CRLF",
      remedy: #"if they end with CR alone, convert the file with: tr '\r' '\n'"#)
  }

  /// A tag that is one of a scheme's.
  ///
  /// - Throws: `DataError` for any other text.
  func checkedTag(_ tag: String, in place: String, remedy: String) throws -> String {
    guard !TagScheme.mayBeTag(tag) else { return tag }
    throw error(
      found: "the tag \(Self.quoted(tag)) in \(place)",
      expected: "O, B-TYPE or I-TYPE (B-NN for a part of speech), or those of BIOES or BILOU",
      remedy: remedy)
  }

  /// An error at this line.
  func error(found: String, expected: String, remedy: String = "") -> DataError {
    DataError(file: file, line: number, found: found, expected: expected, remedy: remedy)
  }

  /// The line as an error shows it.
  var quoted: String { Self.quoted(String(decoding: bytes.prefix(400), as: UTF8.self)) }

  /// Text of a file as an error shows it: one line, at most 60 characters, no control characters.
  static func quoted(_ text: String) -> String {
    let limit = 60
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars.prefix(limit) {
      let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
      shown.append(isControl ? " " : scalar)
    }
    return "\"\(String(shown))\(text.unicodeScalars.count > limit ? "…" : "")\""
  }
}

extension CorpusLine {
  /// Refuses text that a column file cannot hold as one field: empty, with tabs or line ends in it or space at its ends.
  ///
  /// - Throws: `DataError` for such text.
  func checkField(_ text: String, as role: String) throws {
    let bytes = text.utf8
    let isSpaced = bytes.first == 0x20 || bytes.last == 0x20
    guard bytes.isEmpty || isSpaced || bytes.contains(where: { [0x09, 0x0A, 0x0D].contains($0) })
    else { return }
    throw error(
      found: bytes.isEmpty ? "an empty \(role)" : "the \(role) \(JSONValue.string(text).text())",
      expected: "text without tabs, line ends, and space at its ends")
  }

  /// Text as an error shows it without quotes: at most 80 characters.
  static func clipped(_ text: String) -> String {
    text.unicodeScalars.count <= 80 ? text : "\(String(text.unicodeScalars.prefix(80)))…"
  }
}

/// What a line of a corpus file was.
enum LineKind {
  /// A word of the sentence under way.
  case word
  /// A whole sentence, or the end of one.
  case end
  /// The start of a document, which ends the sentence under way.
  case documentStart
  /// Nothing that matters.
  case comment
  /// Whole sentences, with their lines and starts of documents.
  case sentences([Example])
}

/// Makes sentences of the lines of one file format.
protocol SentenceParser {
  /// Takes the next line, which is not empty, and adds what it holds to the sentence under way.
  mutating func read(_ line: CorpusLine, into sentence: inout Example) throws -> LineKind

  /// Makes sure that a file may end here.
  func checkEnd(file: String) throws

  /// What a user should know of how the file was read, a sentence each.
  func notices(of file: String) -> [String]

  /// Whether what comes after a line that cannot be read can be read without it.
  var canSkipLines: Bool { get }

  /// Whether a line that cannot be read spoils no line after it, as one of a sentence does.
  var hasExampleInEachLine: Bool { get }

  /// What the examples are for; nil as long as no line has told.
  var task: TaskKind? { get }
}

extension SentenceParser {
  func checkEnd(file: String) throws {}
  func notices(of file: String) -> [String] { [] }
  var canSkipLines: Bool { true }
  var hasExampleInEachLine: Bool { false }
  var task: TaskKind? { .tag }
}

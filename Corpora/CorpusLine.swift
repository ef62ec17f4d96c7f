import Files
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
  /// - Throws: `DataError` if the bytes are not of the encoding, or one is zero.
  func text(_ range: Range<Int>) throws -> String {
    guard let text = encoding.decode(UnsafeBufferPointer(rebasing: bytes[range])) else {
      throw error(
        found: "bytes that are not UTF-8", expected: "UTF-8 text",
        remedy: "give --encoding latin1 if it is ISO 8859-1, "
          + "or convert it with: iconv -f ENCODING -t utf-8")
    }
    guard !bytes[range].contains(0) else {
      throw error(
        found: "a byte of zero", expected: "text", remedy: "is this a binary file, or UTF-16?")
    }
    return text
  }

  /// A tag that is one of a scheme's.
  ///
  /// - Throws: `DataError` for any other text.
  func checkedTag(_ tag: String, in place: String, remedy: String) throws -> String {
    guard EntityTag(tag) == nil else { return tag }
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
  case sentences([Sentence])
}

/// Makes sentences of the lines of one file format.
protocol SentenceParser {
  /// Takes the next line, which is not empty, and adds what it holds to the sentence under way.
  mutating func read(_ line: CorpusLine, into sentence: inout Sentence) throws -> LineKind

  /// Makes sure that a file may end here.
  func checkEnd(file: String) throws

  /// What a user should know of how the file was read, a sentence each.
  func notices(of file: String) -> [String]
}

extension SentenceParser {
  func checkEnd(file: String) throws {}
  func notices(of file: String) -> [String] { [] }
}

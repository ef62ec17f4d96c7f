import Corpora

/// The form in which augmented rows are written.
public enum AugmentationFormat: String, CaseIterable, Sendable {
  /// A column file: `word POS tag` lines, an empty line after each row.
  case conll
  /// JSON Lines: `{"tokens":[...],"pos":[...],"tags":[...]}`.
  case jsonl
}

/// Writes rows of word numbers as bytes, each piece of text prepared once per corpus.
///
/// A column that the corpus does not have is left out. Lines of a column file are those of `ColumnText`.
struct RowRenderer: Sendable {
  private let format: AugmentationFormat
  private let words: Pieces
  /// For columns: what follows a word, by annotation, with its line end.
  private let suffixes: Pieces
  private let tabbedSuffixes: Pieces
  private let wordHasSpace: [Bool]
  /// Whether any word holds a space.
  var wordsHoldSpaces: Bool { wordHasSpace.contains(true) }
  /// For JSON: the quoted texts by annotation; nil where there is no such column.
  private let partsOfSpeech: Pieces?
  private let tags: Pieces?

  init(_ format: AugmentationFormat, corpus: InternedCorpus) {
    self.format = format
    let texts = (0..<Int32(corpus.words.count)).map { corpus.words[$0] }
    words = Pieces(
      texts.map { text in
        format == .jsonl
          ? JSONText.quoted(text) : ColumnText.lineStart(text, hasTags: corpus.hasTags)
      })
    wordHasSpace = texts.map { $0.utf8.contains(0x20) }
    let table = corpus.annotations
    let parts = table.annotations.map { table.partsOfSpeech[$0.partOfSpeech] }
    let labels = table.annotations.map { table.tags[$0.tag] }
    let columns = zip(parts, labels).map { part, label in
      (corpus.hasPartsOfSpeech ? [part] : []) + (corpus.hasTags ? [label] : [])
    }
    tabbedSuffixes = Pieces(columns.map { ColumnText.lineEnd($0, wordHasSpace: true) })
    suffixes = Pieces(columns.map { ColumnText.lineEnd($0, wordHasSpace: false) })
    partsOfSpeech = corpus.hasPartsOfSpeech ? Pieces(parts.map(JSONText.quoted)) : nil
    tags = corpus.hasTags ? Pieces(labels.map(JSONText.quoted)) : nil
  }

  /// Appends one row, whose first word stands at the place of `firstToken`.
  func append(
    _ row: UnsafeBufferPointer<Int32>, firstToken: Int, of corpus: InternedCorpus,
    to output: inout ByteBuffer
  ) {
    switch format {
    case .conll: appendColumns(row, firstToken: firstToken, of: corpus, to: &output)
    case .jsonl: appendObject(row, firstToken: firstToken, of: corpus, to: &output)
    }
  }

  private func appendColumns(
    _ row: UnsafeBufferPointer<Int32>, firstToken: Int, of corpus: InternedCorpus,
    to output: inout ByteBuffer
  ) {
    for (index, word) in row.enumerated() {
      words.append(word, to: &output)
      let annotation = corpus.annotation(ofToken: firstToken + index, opensRow: index == 0)
      let suffix = wordHasSpace[Int(word)] ? tabbedSuffixes : suffixes
      suffix.append(annotation, to: &output)
    }
    output.append("\n")
  }

  private func appendObject(
    _ row: UnsafeBufferPointer<Int32>, firstToken: Int, of corpus: InternedCorpus,
    to output: inout ByteBuffer
  ) {
    output.append("{\"tokens\":[")
    for (index, word) in row.enumerated() {
      if index > 0 { output.append(",") }
      words.append(word, to: &output)
    }
    for (key, pieces) in [("],\"pos\":[" as StaticString, partsOfSpeech), ("],\"tags\":[", tags)] {
      guard let pieces else { continue }
      output.append(key)
      for index in row.indices {
        if index > 0 { output.append(",") }
        let annotation = corpus.annotation(ofToken: firstToken + index, opensRow: index == 0)
        pieces.append(annotation, to: &output)
      }
    }
    output.append("]}\n")
  }
}

/// Texts that are written again and again, as bytes one after another.
private struct Pieces: Sendable {
  private var bytes: [UInt8] = []
  private var starts: [Int] = [0]

  init(_ texts: [String]) {
    for text in texts {
      bytes.append(contentsOf: text.utf8)
      starts.append(bytes.count)
    }
  }

  @inline(__always)
  func append(_ number: Int32, to output: inout ByteBuffer) {
    let range = starts[Int(number)]..<starts[Int(number) + 1]
    bytes.withUnsafeBufferPointer {
      output.append(UnsafeBufferPointer(rebasing: $0[range]))
    }
  }
}

/// Text as JSON writes it.
private enum JSONText {
  /// The text between quotes, with quotes, backslashes and control characters escaped.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\u{00}"..<"\u{20}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

extension ByteBuffer {
  fileprivate mutating func append(_ text: StaticString) {
    append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}

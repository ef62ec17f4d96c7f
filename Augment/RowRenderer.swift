import Corpora
import Files
import JSON
import Labels
import Text

/// The form in which augmented rows are written.
public enum AugmentationFormat: String, CaseIterable, Sendable {
  /// A column file: `word POS tag` lines, an empty line after each row.
  case conll
  /// A row a text or pair: `label` and `sentence_words`, or `sentence1_words` and `sentence2_words`, one space between words.
  case tsv
  /// JSON Lines: `{"tokens":[...],"pos":[...],"tags":[...]}`; `tokens1` and `tokens2` of a pair, `label` instead of tags.
  case jsonl

  /// The usual format of a task's examples.
  public init(for task: TaskKind) { self = task == .tag ? .conll : .tsv }

  /// Makes sure that examples of a corpus can be written so.
  ///
  /// - Throws: `DataError` if they cannot.
  func check(goesWith corpus: InternedCorpus) throws {
    guard self != .jsonl, (self == .conll) != (corpus.task == .tag) else { return }
    throw DataError(
      file: corpus.name,
      found: corpus.task == .tag
        ? "words with tags" : corpus.task == .pair ? "pairs of texts" : "single texts",
      expected: self == .conll
        ? "words with tags, for the format conll" : "texts with a label, for the format tsv",
      remedy: "give --format \(AugmentationFormat(for: corpus.task).rawValue) or jsonl")
  }
}

/// Writes rows of word numbers as bytes, each piece of text prepared once per corpus.
///
/// A column that the corpus does not have is left out. Lines of a column file are those of `ColumnText`, the words of a table
/// those of `SplitWords`.
struct RowRenderer: Sendable {
  private let format: AugmentationFormat
  private let words: Pieces
  /// For columns: what follows a word, by annotation, with its line end.
  private let suffixes: Pieces
  private let tabbedSuffixes: Pieces
  private let wordHasSpace: [Bool]
  /// Whether a word begins with a byte order mark, which a reader passes over at the start of a line.
  private let wordIsMark: [Bool]
  /// Whether any word holds a space.
  var wordsHoldSpaces: Bool { wordHasSpace.contains(true) }
  /// For JSON: the quoted texts by annotation; nil where there is no such column.
  private let partsOfSpeech: Pieces?
  private let tags: Pieces?
  /// The labels of texts; nil where there are none.
  private let labels: Pieces?
  /// What stands before the first row.
  let header: String

  init(_ format: AugmentationFormat, corpus: InternedCorpus) {
    self.format = format
    let texts = (0..<corpus.words.count).map(corpus.words.word)
    words = Pieces(
      texts.map { text in
        switch format {
        case .conll: ColumnText.lineStart(text, hasTags: corpus.hasTags)
        case .tsv: SplitWords.escaped(text)
        case .jsonl: JSONValue.string(text).text()
        }
      })
    wordHasSpace = texts.map { $0.utf8.contains(0x20) }
    wordIsMark = texts.map { $0.utf8.starts(with: "\u{FEFF}".utf8) }
    let table = corpus.annotations
    let parts = table.annotations.map { table.partsOfSpeech.word(Int($0.partOfSpeech)) }
    let tags = table.annotations.map { table.tags.word(Int($0.tag)) }
    let columns = zip(parts, tags).map { part, tag in
      (corpus.hasPartsOfSpeech ? [part] : []) + (corpus.hasTags ? [tag] : [])
    }
    tabbedSuffixes = Pieces(columns.map { ColumnText.lineEnd($0, wordHasSpace: true) })
    suffixes = Pieces(columns.map { ColumnText.lineEnd($0, wordHasSpace: false) })
    func quoted(_ texts: [String]) -> Pieces { Pieces(texts.map { JSONValue.string($0).text() }) }
    partsOfSpeech = corpus.hasPartsOfSpeech ? quoted(parts) : nil
    self.tags = corpus.hasTags ? quoted(tags) : nil
    let hasLabels = corpus.task != .tag && corpus.hasLabels
    let names = (0..<corpus.labels.count).map(corpus.labels.word)
    let lineStarts = names.map { ColumnText.lineStart($0, hasTags: true) }
    labels = hasLabels ? (format == .jsonl ? quoted(names) : Pieces(lineStarts)) : nil
    header =
      format == .tsv ? SplitWords.header(for: corpus.task, hasLabels: hasLabels) + "\n" : ""
  }

  /// Appends one row, whose words are places in a block's buffer.
  func append(
    _ variant: Variant, words buffer: UnsafeBufferPointer<Int32>, of corpus: InternedCorpus,
    to output: inout ByteBuffer
  ) {
    switch format {
    case .conll: appendColumns(variant.first, buffer, of: corpus, to: &output)
    case .tsv: appendTable(variant, buffer, of: corpus, to: &output)
    case .jsonl: appendObject(variant, buffer, of: corpus, to: &output)
    }
  }

  private func appendColumns(
    _ text: VariantText, _ buffer: UnsafeBufferPointer<Int32>, of corpus: InternedCorpus,
    to output: inout ByteBuffer
  ) {
    for index in 0..<text.count {
      let word = buffer[text.start + index]
      words.append(word, to: &output)
      let annotation = corpus.annotation(ofToken: text.firstToken + index, opensRow: index == 0)
      let suffix = wordHasSpace[Int(word)] ? tabbedSuffixes : suffixes
      suffix.append(annotation, to: &output)
    }
    output.append("\n")
  }

  private func appendTable(
    _ variant: Variant, _ buffer: UnsafeBufferPointer<Int32>, of corpus: InternedCorpus,
    to output: inout ByteBuffer
  ) {
    if let labels, let label = corpus.label(of: variant.sentence) {
      labels.append(label, to: &output)
      output.append("\t")
    } else if variant.first.count > 0, wordIsMark[Int(buffer[variant.first.start])] {
      output.append(" ")
    }
    append(variant.first, buffer, between: " ", to: &output)
    if let second = variant.second {
      output.append("\t")
      append(second, buffer, between: " ", to: &output)
    }
    output.append("\n")
  }

  private func appendObject(
    _ variant: Variant, _ buffer: UnsafeBufferPointer<Int32>, of corpus: InternedCorpus,
    to output: inout ByteBuffer
  ) {
    guard let second = variant.second else {
      output.append("{\"tokens\":[")
      append(variant.first, buffer, between: ",", to: &output)
      append(partsOfSpeech, "],\"pos\":[", of: variant.first, corpus, to: &output)
      append(tags, "],\"tags\":[", of: variant.first, corpus, to: &output)
      return endObject(variant, of: corpus, to: &output)
    }
    output.append("{\"tokens1\":[")
    append(variant.first, buffer, between: ",", to: &output)
    output.append("],\"tokens2\":[")
    append(second, buffer, between: ",", to: &output)
    append(partsOfSpeech, "],\"pos1\":[", of: variant.first, corpus, to: &output)
    append(partsOfSpeech, "],\"pos2\":[", of: second, corpus, to: &output)
    endObject(variant, of: corpus, to: &output)
  }

  private func endObject(
    _ variant: Variant, of corpus: InternedCorpus, to output: inout ByteBuffer
  ) {
    output.append("]")
    if let labels, let label = corpus.label(of: variant.sentence) {
      output.append(",\"label\":")
      labels.append(label, to: &output)
    }
    output.append("}\n")
  }

  private func append(
    _ text: VariantText, _ buffer: UnsafeBufferPointer<Int32>, between separator: StaticString,
    to output: inout ByteBuffer
  ) {
    for index in 0..<text.count {
      if index > 0 { output.append(separator) }
      words.append(buffer[text.start + index], to: &output)
    }
  }

  private func append(
    _ pieces: Pieces?, _ key: StaticString, of text: VariantText, _ corpus: InternedCorpus,
    to output: inout ByteBuffer
  ) {
    guard let pieces else { return }
    output.append(key)
    for index in 0..<text.count {
      if index > 0 { output.append(",") }
      let annotation = corpus.annotation(ofToken: text.firstToken + index, opensRow: index == 0)
      pieces.append(annotation, to: &output)
    }
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

extension ByteBuffer {
  fileprivate mutating func append(_ text: StaticString) {
    append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}

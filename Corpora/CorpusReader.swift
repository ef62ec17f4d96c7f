import Files
import Labels

/// Reads a corpus file sentence by sentence, in memory that does not grow with the file.
///
/// Three formats are told apart by the file's name, else by its first line: column files (`ColumnParser`), CoNLL-U
/// (`ConlluParser`, .conllu) and JSON Lines (`JSONLinesParser`, .jsonl). Column files have one word a line, an empty line
/// after each sentence; the first column is the word, the last (of two or more) the entity tag, the second (of three or more)
/// the part of speech, unless a `ColumnSelection` says otherwise. Tags of IOB1, IOB2, BIOES and BILOU come out as IOB2.
public final class CorpusReader {
  /// The name that errors carry: the path as it was given, or the name of bytes in memory.
  public let name: String
  /// What the tags read so far say about their scheme.
  public private(set) var evidence = TagScheme.Evidence()

  /// The longest sentence that is read, in words; more would take a model gigabytes of memory.
  public static let longestSentence = 1 << 16

  private let source: LineSource
  private let format: CorpusFormat
  private var parser: (any SentenceParser)?
  private var documentPending = false
  /// Sentences that were read and not yet asked for.
  private var pending: ArraySlice<Sentence> = []

  /// What a user should know of how the file was read so far, a sentence each.
  public var notices: [String] {
    (evidence.notice(of: name).map { [$0] } ?? []) + (parser?.notices(of: name) ?? [])
  }

  /// Opens a file; `-` is standard input.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - name: Its name for messages and its ending; nil for the path.
  ///   - format: How it is to be read.
  /// - Throws: `FileError` if it is missing, unreadable or a directory.
  public init(path: String, name: String? = nil, format: CorpusFormat = CorpusFormat()) throws {
    self.name = name ?? path
    self.format = format
    source = .file(try LineReader(path: path))
  }

  /// Reads an open file.
  public init(_ reader: ByteReader, format: CorpusFormat = CorpusFormat()) {
    name = reader.path
    self.format = format
    source = .file(LineReader(reader))
  }

  /// Reads bytes in memory, under a name for errors.
  public init(bytes: [UInt8], name: String, format: CorpusFormat = CorpusFormat()) {
    self.name = name
    self.format = format
    source = .memory(MemoryLines(bytes: bytes))
  }

  /// The next sentence; nil at the end of the file.
  ///
  /// - Throws: `FileError` when reading fails; `DataError` with the line for what is not of the format, and for bytes that are
  ///   not of the encoding or zero; and for a sentence over `longestSentence`.
  public func next() throws -> Sentence? {
    if let sentence = pending.popFirst() { return finished(sentence) }
    var sentence = Sentence()
    while let kind = try source.next({ try read($0, into: &sentence) }) {
      switch kind {
      case .word, .comment: continue
      case .documentStart: documentPending = true
      case .end: break
      case .sentences(let sentences):
        pending = sentences[...]
        sentence = pending.popFirst() ?? Sentence()
      }
      if !sentence.words.isEmpty { return finished(sentence) }
    }
    if sentence.words.isEmpty { try parser?.checkEnd(file: name) }
    return sentence.words.isEmpty ? nil : finished(sentence)
  }

  /// The next sentences, at most `limit`, which must carry tags; none at the end of the file.
  ///
  /// - Throws: What `next()` throws; `DataError` for a sentence without tags.
  public func nextTagged(_ limit: Int) throws -> [Sentence] {
    var sentences: [Sentence] = []
    while sentences.count < limit, let sentence = try next() {
      guard sentence.tags.count == sentence.words.count else {
        let isJSON = parser is JSONLinesParser
        throw DataError(
          file: name, line: sentence.line, found: "words without entity tags",
          expected: "entity tags: "
            + (isJSON
              ? #""tags" or "entities" in each object"# : "the last of two columns or more"),
          remedy: "give a corpus with tags"
            + (isJSON ? "" : ", or name their column with --columns"))
      }
      sentences.append(sentence)
    }
    return sentences
  }

  private func finished(_ sentence: Sentence) -> Sentence {
    var sentence = sentence
    TagScheme.convertToIOB2(&sentence.tags, evidence: &evidence, line: sentence.line)
    return sentence
  }

  private func read(
    _ bytes: UnsafeBufferPointer<UInt8>, into sentence: inout Sentence
  ) throws -> LineKind {
    let line = CorpusLine(
      bytes: bytes, number: source.lineNumber, file: name, encoding: format.encoding)
    if parser == nil {
      if ColumnLine.isBlank(bytes) { return .end }
      parser = try newParser(line)
    }
    let isFirst = sentence.words.isEmpty
    let kind = try parser?.read(line, into: &sentence) ?? .end
    if case .sentences(let sentences) = kind,
      sentences.contains(where: { $0.words.count > Self.longestSentence })
    {
      throw line.error(
        found: "a sentence of more than \(Self.longestSentence) words",
        expected: "shorter sentences", remedy: "a line break in a text ends a sentence")
    }
    guard sentence.words.count <= Self.longestSentence else {
      throw line.error(
        found: "a sentence of more than \(Self.longestSentence) words",
        expected: "an empty line after each sentence",
        remedy: "put one between sentences, or at least between paragraphs")
    }
    if isFirst, !sentence.words.isEmpty {
      sentence.line = line.number
      sentence.startsDocument = documentPending
      documentPending = false
    }
    return kind
  }

  private func newParser(_ line: CorpusLine) throws -> any SentenceParser {
    switch CorpusKind(name: name, firstLine: line.bytes) {
    case .columns: return ColumnParser(columns: format.columns)
    case .conllu: return ConlluParser(columns: format.columns)
    case .jsonLines:
      guard format.columns == nil else {
        throw line.error(
          found: "JSON Lines", expected: "columns, because --columns is given",
          remedy: "leave --columns out")
      }
      return JSONLinesParser(format)
    }
  }
}

import Files
import Labels

/// Reads a corpus file example by example, in memory that does not grow with the file.
///
/// Four formats are told apart by the file's name, else by its first lines: column files (`ColumnParser`), CoNLL-U
/// (`ConlluParser`, .conllu), tables with a text or a pair of texts in each row (`TableParser`) and JSON Lines
/// (`JSONLinesParser`, .jsonl). Column files have one word a line, an empty line after each sentence; which column holds what
/// the file's first lines tell (`ColumnLayout`, `TableLayout`), unless a `ColumnSelection` says it. Tags of IOB1, IOB2, BIOES,
/// BILOU and IO come out as IOB2.
public final class CorpusReader {
  /// The name that errors carry: the path as it was given, or the name of bytes in memory.
  public let name: String
  /// What the tags read so far say about their scheme.
  public private(set) var evidence = TagScheme.Evidence()
  /// The sentences that `BadLines.skip` has left out so far.
  public private(set) var skipped = SkippedSentences()

  /// The longest sentence that is read, in words; more would take a model gigabytes of memory.
  public static let longestSentence = 1 << 16
  /// A sentence of more words is worth a notice: real ones are shorter.
  public static let longSentence = 1000

  let lines: PeekableLines
  let format: CorpusFormat
  /// Whether columns are told from the first sentence alone, so that a stream is answered as it comes.
  let answersEarly: Bool
  /// Whether the rest of the file can be looked at after a bad line, as that of an endless stream cannot.
  private let canReadOn: Bool
  var parser: (any SentenceParser)?
  private var documentPending = false
  /// An example that was read to see what the file is for.
  private var peeked: Example?
  /// Sentences that were read and not yet asked for.
  private var pending: ArraySlice<Example> = []
  private var sentenceCount = 0
  private var longest = (words: 0, line: 0)

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
    answersEarly = false
    canReadOn = path != "-"
    lines = PeekableLines(.file(try LineReader(path: path)))
  }

  /// Reads an open file, or a stream, whose sentences are delivered as they come.
  public init(_ reader: ByteReader, format: CorpusFormat = CorpusFormat()) {
    name = reader.path
    self.format = format
    answersEarly = !reader.isRegularFile
    canReadOn = reader.isRegularFile
    lines = PeekableLines(.file(LineReader(reader)))
  }

  /// Reads bytes in memory, under a name for errors.
  public init(bytes: [UInt8], name: String, format: CorpusFormat = CorpusFormat()) {
    self.name = name
    self.format = format
    answersEarly = false
    canReadOn = true
    lines = PeekableLines(.memory(MemoryLines(bytes: bytes)))
  }

  /// What the examples are for, which the first lines tell.
  ///
  /// - Throws: What `next()` throws; `DataError` for a file without examples that could be of any task.
  public func task() throws -> TaskKind {
    if parser == nil { try open() }
    if parser?.task == nil { peeked = try next() }
    guard let task = parser?.task ?? format.task else { throw Corpus.noExamples(name: name) }
    return task
  }

  /// The next example; nil at the end of the file.
  ///
  /// - Throws: `FileError` when reading fails; `DataError` with the line for what is not of the format, and for bytes that are
  ///   not of the encoding; and for a sentence or text over `longestSentence`.
  public func next() throws -> Example? {
    if let example = peeked {
      peeked = nil
      return example
    }
    if parser == nil { try open() }
    while true {
      switch try nextOutcome() {
      case .sentence(let sentence): return sentence
      case .end: return nil
      case .bad(let error):
        guard format.badLines == .skip, parser?.canSkipLines == true else {
          throw canReadOn ? refusal(error) : error
        }
        skipped.add(error)
        try skipSentence()
      }
    }
  }

  /// What there is to tell the user of the file so far, a line each: what its columns hold, sentences that were left out,
  /// tags that were repaired, and sentences of unusual length.
  public var notices: [String] {
    var notices: [String] = []
    if let parser { notices += parser.notices(of: name) }
    if let skipped = skipped.notice(of: name, as: noun) { notices.append(skipped) }
    if let mended = evidence.notice(of: name) { notices.append(mended) }
    if longest.words >= Self.longSentence, parser?.task == .tag {
      let only = sentenceCount == 1 ? "the file is one sentence" : "the longest sentence is one"
      notices.append(
        "\(name): \(only) of \(longest.words) words, from line \(longest.line); "
          + "an empty line ends a sentence, is it missing?")
    }
    return notices
  }

  /// The next examples, at most `limit`, which must have what their task asks for: a tag for each word, or a label.
  ///
  /// - Returns: The examples; none at the end of the file.
  /// - Throws: What `next()` throws; `DataError` for an example without tags or label.
  public func nextLabelled(_ limit: Int) throws -> [Example] {
    var examples: [Example] = []
    while examples.count < limit, let example = try next() {
      let isLabelled =
        parser?.task == .tag
        ? example.tags.count == example.words.count : example.label != nil
      guard isLabelled else { throw missingLabel(example) }
      examples.append(example)
    }
    return examples
  }

  private func missingLabel(_ example: Example) -> DataError {
    let isTag = parser?.task == .tag
    let isJSON = parser is JSONLinesParser
    let expected =
      isTag
      ? "entity tags: "
        + (isJSON ? #""tags" or "entities" in each object"# : "the last of two columns or more")
      : "a label \(isJSON ? "in each object" : "in each row")"
    return DataError(
      file: name, line: example.line,
      found: isTag ? "words without entity tags" : "a text without a label", expected: expected,
      remedy: isTag
        ? "give a corpus with tags" + (isJSON ? "" : ", or name their column with --columns")
        : "give a corpus with labels, or name their \(isJSON ? "key" : "column") with --columns "
          + "label=..., and the texts'")
  }

  /// What an example is called in messages.
  private var noun: String { parser?.task == .tag ? "sentence" : "example" }
}

// MARK: Sentences

extension CorpusReader {
  private enum Outcome {
    case sentence(Example)
    case bad(DataError)
    case end
  }

  /// Reads up to the end of a sentence, or to a line of it that cannot be read.
  private func nextOutcome() throws -> Outcome {
    if let sentence = pending.popFirst() { return .sentence(try finished(sentence)) }
    var sentence = Example()
    while let result = try lines.next({ line in Result { try read(line, into: &sentence) } }) {
      switch result {
      case .success(.word), .success(.comment): continue
      case .success(.documentStart): documentPending = true
      case .success(.end): break
      case .success(.sentences(let sentences)):
        pending = sentences[...]
        sentence = pending.popFirst() ?? Example()
      case .failure(let error as DataError):
        documentPending = documentPending || sentence.startsDocument
        return .bad(error)
      case .failure(let error): throw error
      }
      if !sentence.words.isEmpty { return .sentence(try finished(sentence)) }
    }
    if sentence.words.isEmpty { try parser?.checkEnd(file: name) }
    return sentence.words.isEmpty ? .end : .sentence(try finished(sentence))
  }

  private func finished(_ sentence: Example) throws(DataError) -> Example {
    var sentence = sentence
    try evidence.readPlainTypes(in: &sentence.tags, file: name, line: sentence.line)
    TagScheme.convertToIOB2(&sentence.tags, evidence: &evidence, line: sentence.line)
    sentenceCount += 1
    if sentence.words.count > longest.words { longest = (sentence.words.count, sentence.line) }
    return sentence
  }

  /// Passes over the rest of a sentence with a bad line.
  private func skipSentence() throws {
    guard parser?.hasExampleInEachLine != true else { return }
    while let isEnd = try lines.next({ line in
      let isDocument = line.starts(with: ColumnParser.documentStart.utf8)
      documentPending = documentPending || isDocument
      return isDocument || ColumnLine.isBlank(line)
    }), !isEnd {}
  }

  /// The error for a file with a bad line, which says how many others there are in the rest of it.
  private func refusal(_ first: DataError) -> DataError {
    guard parser?.canSkipLines == true else { return first }
    var bad = SkippedSentences()
    bad.add(first)
    do {
      try skipSentence()
      while true {
        switch try nextOutcome() {
        case .sentence: continue
        case .end: return bad.refusal(others: sentenceCount, as: noun) ?? first
        case .bad(let error):
          bad.add(error)
          try skipSentence()
        }
      }
    } catch {
      // The rest of the file cannot be read at all, which matters less than its first bad line.
      return first
    }
  }

  private func read(
    _ bytes: UnsafeBufferPointer<UInt8>, into sentence: inout Example
  ) throws -> LineKind {
    let line = line(bytes, number: lines.lineNumber)
    let isFirst = sentence.words.isEmpty
    let kind = try parser?.read(line, into: &sentence) ?? .end
    if case .sentences(let sentences) = kind,
      sentences.contains(where: { $0.texts.contains { $0.count > Self.longestSentence } })
    {
      let isTag = parser?.task == .tag
      throw line.error(
        found: "a \(isTag ? "sentence" : "text") of more than \(Self.longestSentence) words",
        expected: isTag ? "shorter sentences" : "shorter texts",
        remedy: isTag
          ? "a line break in a text ends a sentence" : "cut it into parts with a label each")
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

  func line(_ bytes: UnsafeBufferPointer<UInt8>, number: Int) -> CorpusLine {
    CorpusLine(bytes: bytes, number: number, file: name, encoding: format.encoding)
  }
}

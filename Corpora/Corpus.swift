import Files
import Labels

/// A corpus in memory: its name and all its examples.
public struct Corpus: Sendable {
  /// How many sentences, words and entities a corpus has.
  public struct Counts: Sendable, Equatable {
    /// The number of documents that a `-DOCSTART-` line opens.
    public var documents: Int
    /// The number of sentences.
    public var sentences: Int
    /// The number of words.
    public var tokens: Int
    /// The number of entities.
    public var entities: Int

    /// Makes a set of counts.
    public init(documents: Int, sentences: Int, tokens: Int, entities: Int) {
      self.documents = documents
      self.sentences = sentences
      self.tokens = tokens
      self.entities = entities
    }
  }

  /// The path that the corpus was read from, or the name of a bundled one such as `gazette.train`.
  public let name: String
  /// The examples in the order of the file, tags in IOB2.
  public let examples: [Example]
  /// What the tags said about their scheme before they were turned into IOB2.
  public let evidence: TagScheme.Evidence

  /// Makes a corpus of examples whose tags are IOB2.
  public init(
    name: String, examples: [Example], evidence: TagScheme.Evidence = TagScheme.Evidence()
  ) {
    self.name = name
    self.examples = examples
    self.evidence = evidence
  }

  /// Reads a file whole; `-` is standard input.
  ///
  /// - Throws: `FileError` if it cannot be read; `DataError` for a malformed line or a file without sentences.
  public static func read(path: String, format: CorpusFormat = CorpusFormat()) throws -> Corpus {
    try read(CorpusReader(path: path, format: format))
  }

  /// Reads the rest of what a reader has.
  ///
  /// - Throws: `FileError` when reading fails; `DataError` for a malformed line or if there is no sentence.
  public static func read(_ reader: CorpusReader) throws -> Corpus {
    var examples: [Example] = []
    while let example = try reader.next() { examples.append(example) }
    guard !examples.isEmpty else { throw Corpus.noExamples(name: reader.name) }
    return Corpus(name: reader.name, examples: examples, evidence: reader.evidence)
  }

  /// The error for a file that holds no sentence.
  public static func noExamples(name: String) -> DataError {
    DataError(
      file: name, found: "no sentences",
      expected:
        "one word a line in columns, an empty line after each sentence; CoNLL-U; or JSON Lines")
  }

  /// The numbers of documents, sentences, words and entities.
  public var counts: Counts {
    var counts = Counts(documents: 0, sentences: examples.count, tokens: 0, entities: 0)
    for sentence in examples {
      counts.documents += sentence.startsDocument ? 1 : 0
      counts.tokens += sentence.words.count
      counts.entities += sentence.entityCount
    }
    return counts
  }

  /// Whether every sentence has parts of speech.
  public var hasPartsOfSpeech: Bool {
    examples.allSatisfy { $0.partsOfSpeech.count == $0.words.count }
  }

  /// Whether every sentence has entity tags.
  public var hasTags: Bool {
    examples.allSatisfy { $0.tags.count == $0.words.count }
  }
}

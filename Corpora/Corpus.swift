import Files
import Labels

/// A corpus in memory: its name and all its examples.
public struct Corpus: Sendable {
  /// How many examples, words, entities and labels a corpus has.
  public struct Counts: Sendable, Equatable {
    /// The number of documents that a `-DOCSTART-` line opens.
    public var documents = 0
    /// The number of examples.
    public var examples = 0
    /// The number of words, those of both texts in a pair.
    public var words = 0
    /// The number of entities.
    public var entities = 0
    /// How many examples have each label, in the order of `LabelSet(learnedFrom:)`; empty where words have tags.
    public var labels: [Label] = []

    /// A label of texts with the number of its examples.
    public struct Label: Sendable, Equatable {
      /// The label.
      public let name: String
      /// The number of examples.
      public let examples: Int

      /// Makes a pair of both.
      public init(_ name: String, _ examples: Int) {
        self.name = name
        self.examples = examples
      }
    }

    /// Nothing counted yet.
    public init() {}
  }

  /// The path that the corpus was read from, or the name of a bundled one such as `gazette.train`.
  public let name: String
  /// What the examples are for.
  public let task: TaskKind
  /// The examples in the order of the file, tags in IOB2.
  public let examples: [Example]
  /// What the tags said about their scheme before they were turned into IOB2.
  public let evidence: TagScheme.Evidence

  /// Makes a corpus of examples whose tags are IOB2.
  ///
  /// - Parameters:
  ///   - name: Its name for messages.
  ///   - task: What the examples are for; nil to tell by the first of them.
  ///   - examples: The examples, all for the same task.
  ///   - evidence: What the tags said about their scheme.
  public init(
    name: String, task: TaskKind? = nil, examples: [Example],
    evidence: TagScheme.Evidence = TagScheme.Evidence()
  ) {
    self.name = name
    self.task = task ?? examples.first?.task ?? .tag
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
    let task = try reader.task()
    var examples: [Example] = []
    while let example = try reader.next() { examples.append(example) }
    guard !examples.isEmpty else { throw Corpus.noExamples(name: reader.name) }
    return Corpus(
      name: reader.name, task: task, examples: examples, evidence: reader.evidence)
  }

  /// The error for a file that holds no sentence.
  public static func noExamples(name: String) -> DataError {
    DataError(
      file: name, found: "no sentences",
      expected:
        "one word a line in columns, an empty line after each sentence; CoNLL-U; JSON Lines; or a "
        + "text in each row of a table")
  }

  /// The numbers of documents, examples, words, entities and labels.
  public var counts: Counts {
    var counts = Counts()
    var labels: [ByteString: Int] = [:]
    for example in examples {
      counts.documents += example.startsDocument ? 1 : 0
      counts.examples += 1
      counts.words += example.words.count
      counts.entities += example.entityCount
      if let label = example.label { labels[ByteString(label), default: 0] += 1 }
    }
    if !labels.isEmpty {
      counts.labels = LabelSet(learnedFrom: examples).names.map {
        Counts.Label($0, labels[ByteString($0)] ?? 0)
      }
    }
    return counts
  }

  /// Whether every sentence has parts of speech.
  public var hasPartsOfSpeech: Bool {
    !examples.contains(where: \.lacksPartsOfSpeech)
  }

  /// Whether every sentence has entity tags.
  public var hasTags: Bool {
    examples.allSatisfy { $0.tags.count == $0.words.count }
  }

  /// Whether every text or pair has a label.
  public var hasLabels: Bool { examples.allSatisfy { $0.label != nil } }
}

import Corpora
import Files
import Kernels
import Networks
import Training

/// Runs a teacher over sentences and keeps its logits, one row a word, in a logit store.
public struct TeacherLabelling {
  /// Sentences to be labelled, read as a stream.
  public struct Source {
    /// The name for messages.
    public let name: String
    /// Opens the stream anew.
    public let open: () throws -> any SentenceSource

    /// Names a stream.
    public init(name: String, open: @escaping () throws -> any SentenceSource) {
      self.name = name
      self.open = open
    }
  }

  /// How far the labelling is.
  public struct Progress: Sendable {
    /// Sentences that were there from a labelling that was cut off.
    public var keptSentences = 0
    /// Words that were there from a labelling that was cut off.
    public var keptWords = 0
    /// Sentences labelled.
    public var sentences = 0
    /// Words labelled.
    public var words = 0
    /// Pieces labelled, [CLS] and [SEP] included.
    public var pieces = 0
    /// Seconds passed.
    public var seconds = 0.0
  }

  private let teacher: BERTModel
  private let packed: PackedBERT
  private let columns: [Int]
  private let labels: [String]
  private let workers: Workers
  private let overflow: DataError
  /// The sentences of a shard; decides how much is in memory at a time.
  static let shardSize = 8192

  /// Prepares a teacher.
  ///
  /// - Parameters:
  ///   - teacher: The teacher, a tagger.
  ///   - path: Its directory, for messages.
  ///   - labels: The labels in the order of the store's columns; the teacher must have the same set.
  ///   - workers: The threads.
  ///   - precision: The numbers in which the teacher's linear layers multiply.
  /// - Throws: `DataError` if the teacher's labels are others.
  public init(
    teacher: BERTModel, path: String, labels: [String], workers: Workers,
    precision: Precision = .fp32
  ) throws {
    self.teacher = teacher
    packed = PackedBERT(
      teacher.network, parameters: teacher.parameters, precision: precision)
    self.labels = labels
    self.workers = workers
    overflow = DataError(
      file: path, found: "a teacher with logits that are not finite", expected: "finite logits",
      remedy: "take a teacher whose training did not diverge")
    let own = teacher.network.labels
    let columns = labels.map { own.firstIndex(of: $0) }
    guard own.count == labels.count, !columns.contains(nil) else {
      throw DataError(
        file: "\(path)/config.json", found: "the labels \(own.joined(separator: " "))",
        expected: "the corpus' \(labels.joined(separator: " "))",
        remedy: "fine-tune the teacher on this corpus: distill-bilstm finetune")
    }
    self.columns = columns.compactMap(\.self)
  }

  /// Labels all sentences of the sources, one source after another.
  ///
  /// The store grows by whole shards; one that was cut off is taken up behind its last.
  ///
  /// - Parameters:
  ///   - sources: The sentences.
  ///   - path: The store's folder.
  ///   - key: What the logits are made from.
  ///   - resumes: Whether shards that were made under the same key are kept; only for a key that names the sentences.
  ///   - observe: Told after each shard.
  /// - Returns: The final counts.
  /// - Throws: `DataError` or `FileError` for a source that cannot be read, `FileError` when the system cannot write.
  public func run(
    _ sources: [Source], into path: String, key: String, resumes: Bool = false,
    observe: (Progress) -> Void = { _ in }
  ) throws -> Progress {
    let start = ContinuousClock().now
    var writer = try LogitStoreWriter(
      path: path, key: key, labels: labels, precision: packed.precision, resumes: resumes)
    var kept = writer.shards[...]
    var progress = Progress()
    for source in sources {
      let reader = try source.open()
      while let sentences = try nextShard(of: reader) {
        let words = sentences.reduce(0) { $0 + $1.words.count }
        if let shard = kept.popFirst() {
          guard shard.sentences == sentences.count, shard.words == words else {
            throw mismatch(shard, in: path)
          }
          progress.keptSentences += shard.sentences
          progress.keptWords += shard.words
          continue
        }
        let inputs = workers.map(sentences.count) { [teacher] in
          teacher.input(sentences[$0].words)
        }
        let logits = logits(of: inputs)
        try withExtendedLifetime(logits) {
          guard logits.elements.allSatisfy(\.isFinite) else { throw overflow }
          try writer.append(
            Matrix(logits.base, rows: words, columns: labels.count),
            lengths: sentences.map(\.words.count))
        }
        progress.sentences += sentences.count
        progress.words += words
        progress.pieces += inputs.reduce(0) { $0 + $1.ids.count }
        progress.seconds = (ContinuousClock().now - start).seconds
        observe(progress)
      }
    }
    if let shard = kept.first { throw mismatch(shard, in: path) }
    try writer.commit()
    return progress
  }

  /// The sentences of the next shard; nil at the end.
  private func nextShard(of reader: any SentenceSource) throws -> [Sentence]? {
    var sentences: [Sentence] = []
    while sentences.count < Self.shardSize, let sentence = try reader.next() {
      sentences.append(sentence)
    }
    return sentences.isEmpty ? nil : sentences
  }

  private func mismatch(_ shard: LogitStoreIndex.Shard, in path: String) -> DataError {
    DataError(
      file: "\(path)/\(shard.file)",
      found: "\(shard.sentences) sentences of \(shard.words) words",
      expected: "the corpus' sentences", remedy: "delete the folder and label again")
  }

  /// The logits of all words of the inputs, in order, columns as in `labels`.
  private func logits(of inputs: [BERTInput]) -> FloatBuffer {
    var firstRows: [Int] = []
    var rows = 0
    for input in inputs {
      firstRows.append(rows)
      rows += input.firstPieces.count
    }
    let result = FloatBuffer(count: rows * labels.count)
    let starts = firstRows
    Prediction(teacher, packed: packed, workers: workers)
      .forEach(inputs) { [columns] sentence, logits in
        for word in 0..<logits.rows {
          let target = result.base + (starts[sentence] + word) * columns.count
          for (column, own) in columns.enumerated() { target[column] = logits[word, own] }
        }
      }
    return result
  }
}

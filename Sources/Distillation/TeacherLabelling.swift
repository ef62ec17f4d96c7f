import Corpora
import Files
import Kernels
import ModelFiles
import Networks
import Runtime
import StudentFormat
import Training

/// Runs a teacher over sentences and keeps its logits, one row a word, in a logit store.
///
/// Of several teachers the mean of the logits is kept; they may cut words into pieces each in its own way.
public struct TeacherLabelling {
  /// Sentences to be labelled, read as a stream.
  public struct Source {
    /// The name for messages.
    public let name: String
    /// Opens the stream anew.
    public let open: () throws -> any ExampleSource

    /// Names a stream.
    public init(name: String, open: @escaping () throws -> any ExampleSource) {
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
    /// Pieces read by all teachers, [CLS] and [SEP] included.
    public var pieces = 0
    /// Seconds passed.
    public var seconds = 0.0
  }

  private let teachers: Ensemble
  private let workers: Workers
  private let precision: Precision
  /// The files with a teacher's weights: a BERT's or a student's.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  public static func weightsPaths(of teacher: String) throws -> [String] {
    StudentModel.isStudent(teacher)
      ? [StudentFolder(path: teacher).weightsPath]
      : try HuggingFaceDirectory(path: teacher).weightsPaths
  }

  /// The labels of a teacher, a BERT or a student, in the order of its own columns.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong, or no tagger.
  public static func labels(of teacher: String) throws -> [String] {
    try LabellingTeacher.labels(path: teacher)
  }

  /// The content of a teacher's files, a BERT's or a student's, as lines `name=SHA-256`.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  public static func keyLines(of teacher: String) throws -> [String] {
    guard StudentModel.isStudent(teacher) else {
      return try HuggingFaceDirectory(path: teacher).keyLines()
    }
    return try StudentFolder(path: teacher).paths.map {
      "\(Folders.name(of: $0))=\(try ContentHash.sha256(file: $0))"
    }
  }

  /// All but the sentences that decides the logits of several teachers, as lines `name=value`.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  public static func keyLines(
    teachers: [String], labels: [String], precision: Precision
  ) throws -> [String] {
    try teachers.enumerated().flatMap { number, teacher in
      try keyLines(of: teacher).map { "teacher.\(number).\($0)" }
    } + labels.enumerated().map { "label.\($0)=\($1)" } + ["precision=\(precision.rawValue)"]
  }

  /// Opens the teachers.
  ///
  /// - Parameters:
  ///   - teachers: The directories of taggers, at least one.
  ///   - labels: The labels in the order of the store's columns; each teacher must have the same set.
  ///   - workers: The threads.
  ///   - precision: The numbers in which the teachers' linear layers multiply.
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong, or a teacher of other labels.
  public init(
    teachers: [String], labels: [String], workers: Workers, precision: Precision = .fp32
  ) throws {
    self.teachers = try Ensemble(teachers, labels: labels, precision: precision)
    self.workers = workers
    self.precision = precision
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
      path: path, key: key, labels: teachers.labels, precision: precision, resumes: resumes)
    var kept = writer.shards[...]
    var progress = Progress()
    for source in sources {
      let reader = try source.open()
      while case let sentences = try ExampleGroup.read(reader.next), !sentences.isEmpty {
        let words = sentences.reduce(0) { $0 + $1.words.count }
        if let shard = kept.popFirst() {
          guard shard.sentences == sentences.count, shard.words == words else {
            throw mismatch(shard, in: path)
          }
          progress.keptSentences += shard.sentences
          progress.keptWords += shard.words
          continue
        }
        progress.pieces += try append(sentences, words: words, to: &writer)
        progress.sentences += sentences.count
        progress.words += words
        progress.seconds = (ContinuousClock().now - start).seconds
        observe(progress)
      }
    }
    if let shard = kept.first { throw mismatch(shard, in: path) }
    try writer.commit()
    return progress
  }

  private func mismatch(_ shard: LogitStoreIndex.Shard, in path: String) -> DataError {
    DataError(
      file: "\(path)/\(shard.file)",
      found: "\(shard.sentences) sentences of \(shard.words) words",
      expected: "the corpus' sentences", remedy: "delete the folder and label again")
  }

  /// Labels a shard; returns the pieces read by all teachers.
  private func append(
    _ sentences: [Example], words: Int, to writer: inout LogitStoreWriter
  ) throws -> Int {
    let (logits, pieces) = try teachers.logits(of: sentences, workers: workers)
    try withExtendedLifetime(logits) {
      try writer.append(
        Matrix(logits.base, rows: words, columns: teachers.labels.count),
        lengths: sentences.map(\.words.count))
    }
    return pieces
  }
}

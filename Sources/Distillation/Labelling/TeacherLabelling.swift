import Corpora
import Files
import Kernels
import Labels
import Runtime
import Training

/// Runs a teacher over examples and keeps its logits, one row a word or an example, in a logit store.
///
/// Of several teachers the mean of the logits is kept; they may cut words into pieces each in its own way.
public struct TeacherLabelling {
  /// Examples to be labelled, read as a stream.
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
    /// Examples that were there from a labelling that was cut off.
    public var keptExamples = 0
    /// Rows that were there from a labelling that was cut off.
    public var keptRows = 0
    /// Examples labelled.
    public var examples = 0
    /// Rows labelled.
    public var rows = 0
    /// Pieces read by all teachers, [CLS] and [SEP] included.
    public var pieces = 0
    /// Seconds passed.
    public var seconds = 0.0
  }

  private let teachers: Ensemble
  private let precision: Precision

  /// All but the examples that decides the logits of several teachers, as lines `name=value`.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  public static func keyLines(
    teachers: [String], labels: [String], precision: Precision
  ) throws -> [String] {
    try teachers.enumerated().flatMap { number, teacher in
      try ModelDirectories.open(teacher).keyLines().map { "teacher.\(number).\($0)" }
    } + labels.enumerated().map { "label.\($0)=\($1)" } + ["precision=\(precision.rawValue)"]
  }

  /// Opens the teachers.
  ///
  /// - Parameters:
  ///   - teachers: The directories of models, at least one.
  ///   - task: What they are asked about an example.
  ///   - labels: The labels in the order of the store's columns; each teacher must have the same set.
  ///   - workers: The threads.
  ///   - precision: The numbers in which the teachers' linear layers multiply.
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong, or a teacher of other labels.
  public init(
    teachers: [String], task: TaskKind, labels: [String], workers: Workers,
    precision: Precision = .fp32
  ) throws {
    self.teachers = try Ensemble(
      teachers, task: task, labels: labels, precision: precision, workers: workers)
    self.precision = precision
  }

  /// Labels all examples of the sources, one source after another.
  ///
  /// The store grows by whole shards; one that was cut off is taken up behind its last.
  ///
  /// - Parameters:
  ///   - sources: The examples.
  ///   - path: The store's folder.
  ///   - key: What the logits are made from.
  ///   - resumes: Whether shards that were made under the same key are kept; only for a key that names the examples.
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
      while case let examples = try ExampleGroup.read(reader.next), !examples.isEmpty {
        let rows = examples.reduce(0) { $0 + teachers.rowCount(of: $1) }
        if let shard = kept.popFirst() {
          guard shard.examples == examples.count, shard.rows == rows else {
            throw mismatch(shard, in: path)
          }
          progress.keptExamples += shard.examples
          progress.keptRows += shard.rows
          continue
        }
        progress.pieces += try append(examples, rows: rows, to: &writer)
        progress.examples += examples.count
        progress.rows += rows
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
      found: "\(shard.examples) sentences of \(shard.rows) words",
      expected: "the corpus' sentences", remedy: "delete the folder and label again")
  }

  /// Labels a shard; returns the pieces read by all teachers.
  private func append(
    _ examples: [Example], rows: Int, to writer: inout LogitStoreWriter
  ) throws -> Int {
    let (logits, pieces) = try teachers.logits(of: examples)
    try withExtendedLifetime(logits) {
      try writer.append(
        Matrix(logits.base, rows: rows, columns: teachers.labels.count),
        lengths: examples.map(teachers.rowCount))
    }
    return pieces
  }
}

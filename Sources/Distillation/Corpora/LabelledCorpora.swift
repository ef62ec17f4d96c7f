import Corpora
import Labels

/// The examples with labels that a run learns from, chooses by and is scored on, read and checked before anything is trained.
public struct LabelledCorpora {
  /// What is learnt.
  public let task: any DistillationTask
  /// The examples to learn from.
  public let train: Corpus
  /// The examples to choose by.
  public let dev: Corpus
  /// The labels, learnt from the training examples.
  public let labels: LabelSet

  /// Reads the examples.
  ///
  /// - Parameters:
  ///   - task: What the examples are for.
  ///   - train: The examples to learn from.
  ///   - dev: The examples to choose by.
  ///   - test: The examples to be scored on, which are read once and not kept; nil for none.
  ///   - log: Told how the files were read, and what is odd about their labels.
  /// - Throws: `FileError` or `DataError` for a file that cannot be read, training examples from which nothing can be
  ///   learnt, and development or test examples all of whose labels are unknown.
  public init(
    task: TaskKind, train: CorpusSource, dev: CorpusSource, test: CorpusSource?,
    log: (String) -> Void
  ) throws {
    self.task = task.task
    self.train = try train.readLabelled(for: task, log: log)
    self.dev = try dev.readLabelled(for: task, log: log)
    labels = try self.task.labels(learnedFrom: self.train.examples, of: train.name)
    for source in [dev, test].compactMap(\.self) {
      try self.task.check(source, against: labels, of: train.name, log: log)
    }
  }
}

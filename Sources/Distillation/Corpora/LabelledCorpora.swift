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
  ///   - train: The examples to learn from.
  ///   - dev: The examples to choose by.
  ///   - test: The examples to be scored on, which are read once and not kept; nil for none.
  ///   - log: Told how the files were read, and what is odd about their labels.
  /// - Throws: `FileError` or `DataError` for a file that cannot be read, training examples from which nothing can be
  ///   learnt, and development or test examples all of whose labels are unknown.
  public init(
    train: CorpusSource, dev: CorpusSource, test: CorpusSource?, log: (String) -> Void
  ) throws {
    task = TaskKind.tag.task
    self.train = try train.readTagged(log: log)
    self.dev = try dev.readTagged(log: log)
    labels = try task.labels(learnedFrom: self.train.examples, of: train.name)
    for source in [dev, test].compactMap(\.self) {
      try task.check(source, against: labels, of: train.name, log: log)
    }
  }
}

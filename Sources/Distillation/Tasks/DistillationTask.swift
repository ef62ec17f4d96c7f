import Corpora
import Evaluation
import Files
import Labels

/// Everything in which the tasks differ between a corpus and a score: what an example is taught, and what chooses a model.
///
/// Each is a file of this folder. All other code of the stages asks the task, so that a new one is such a file, its case in
/// `TaskKind`, and a head of the networks.
public protocol DistillationTask: Sendable {
  /// What a model is asked about an example.
  var kind: TaskKind { get }
  /// What a model of the task is called, such as "named-entity tagger".
  var modelName: String { get }
  /// What its examples are called, such as "sentences".
  var exampleNoun: String { get }
  /// What each row of logits belongs to, such as "words".
  var rowNoun: String { get }
  /// The name of the score by which the best epoch is chosen, such as "F1".
  var metric: String { get }
  /// The same in full, such as "entity F1".
  var fullMetric: String { get }
  /// The name of the augmented corpus in a run's folder.
  var augmentedFile: String { get }

  /// What the rows of an example are taught: the tags of its words, or its one label.
  func targets(of example: Example) -> [String]
  /// The labels that can be learnt from examples, in the order of the logits.
  ///
  /// - Parameters:
  ///   - examples: The training examples.
  ///   - name: Their corpus, for messages.
  /// - Returns: The labels.
  /// - Throws: `DataError` for examples from which nothing can be learnt.
  func labels(learnedFrom examples: [Example], of name: String) throws -> LabelSet
  /// Says what nobody can learn from the training examples, but other examples have.
  ///
  /// - Parameters:
  ///   - source: The other examples.
  ///   - labels: The labels of the training examples.
  ///   - train: The corpus of those, for messages.
  ///   - log: Told what the user should know.
  /// - Throws: `FileError` or `DataError` for a file that cannot be read, or whose labels are all unknown.
  func check(
    _ source: CorpusSource, against labels: LabelSet, of train: String, log: (String) -> Void
  ) throws
  /// A score without an example, for a model of the given labels; its overall F1 chooses the best epoch.
  func emptyScore(labels: [String]) -> any PooledScore
}

extension DistillationTask {
  /// The number of rows that an example gets.
  public func rowCount(of example: Example) -> Int {
    kind.labelsWords ? example.words.count : 1
  }
}

extension DistillationTask {
  /// The score of answers, one a row of each example.
  public func score(
    _ examples: [Example], answers: [[String]], labels: [String]
  ) -> any PooledScore {
    var score = emptyScore(labels: labels)
    for (example, answer) in zip(examples, answers) {
      score.add(gold: targets(of: example), predicted: answer)
    }
    return score
  }
}

extension TaskKind {
  /// What decides about the examples of this kind.
  public var task: any DistillationTask {
    switch self {
    case .tag: Tagging()
    case .sentence, .pair: TextClassification(kind: self)
    }
  }
}

import Corpora
import Evaluation
import Files
import Labels
import Runtime

/// What the predictions of an evaluation come from: a model, several of them, or a file in which some tagger left them.
public struct Predictor {
  private enum Source {
    case model(any ClassifierModel)
    case ensemble(Ensemble)
    case file(PredictedLabels)
  }

  /// The model's directory, those of several with a + between them, or the file.
  public let path: String
  private let source: Source
  private let workers: Workers

  /// Opens a model directory of any kind.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  public init(model path: String, task: TaskKind, workers: Workers) throws {
    try self.init(models: [path], task: task, workers: workers)
  }

  /// Opens model directories of any kind, whose logits are averaged: the label of a row is that of the largest mean.
  ///
  /// Of a single model a CRF, where there is one, decides a sentence's labels together.
  ///
  /// - Parameters:
  ///   - paths: The directories, at least one; all models must have the labels of the first.
  ///   - task: What they are asked about an example.
  ///   - workers: The threads.
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong, or a model of other labels.
  public init(
    models paths: [String], task: TaskKind, workers: Workers
  ) throws {
    path = paths.joined(separator: " + ")
    self.workers = workers
    source =
      paths.count == 1
      ? .model(try ModelDirectories.open(paths[0]).model(for: task))
      : .ensemble(try Ensemble(paths, task: task, workers: workers))
  }

  /// Opens a file with the same words and predicted tags.
  ///
  /// - Throws: `FileError` if it cannot be opened.
  public init(
    predictions path: String, task: TaskKind, format: CorpusFormat = CorpusFormat(),
    workers: Workers
  ) throws {
    self.path = path
    self.workers = workers
    source = .file(try PredictedLabels(path: path, task: task, format: format))
  }

  /// Opens a directory as a model and anything else as a file of predictions.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  public init(
    path: String, task: TaskKind, format: CorpusFormat = CorpusFormat(), workers: Workers
  ) throws {
    if Folders.isDirectory(path) {
      try self.init(model: path, task: task, workers: workers)
    } else {
      try self.init(predictions: path, task: task, format: format, workers: workers)
    }
  }

  /// The labels of the model, or of all models; none for a file.
  var labels: [String] {
    switch source {
    case .model(let model): model.labels
    case .ensemble(let ensemble): ensemble.labels
    case .file: []
    }
  }

  /// How the labels of a single model are read, in words for the user, where they are no IOB2.
  public var notice: String? {
    guard case .model(let model) = source, model.task.labelsWords,
      !LabelSet(names: model.labels).isIOB2
    else { return nil }
    return "\(path): its labels are turned into B- and I-"
  }

  /// The labels of the next examples of a corpus, one a row.
  ///
  /// - Throws: `FileError` or `DataError` for a file of predictions that is wrong or does not fit the corpus; `DataError`
  ///   for logits that are not finite.
  func answers(for examples: [Example], of gold: String) throws -> [[String]] {
    switch source {
    case .model(let model): try model.answers(for: examples, workers: workers)
    case .ensemble(let ensemble): try ensemble.answers(for: examples)
    case .file(let labels): try labels.answers(for: examples, of: gold)
    }
  }

  /// The answers with their probabilities; nil for several models, and for one that gives none.
  func confidences(on examples: [Example]) -> [Calibration.Prediction]? {
    guard case .model(let model) = source else { return nil }
    return model.confidences(on: examples, workers: workers)
  }

  /// Makes sure that a file of predictions has no sentence more than the corpus.
  ///
  /// - Throws: `DataError` if it has.
  func checkEnd(of gold: String) throws {
    if case .file(let labels) = source { try labels.checkEnd(of: gold) }
  }
}

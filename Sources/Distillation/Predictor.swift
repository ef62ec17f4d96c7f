import Corpora
import Evaluation
import Files
import Labels
import Runtime

/// What the predictions of an evaluation come from: a model, several of them, or a file in which some tagger left them.
public struct Predictor {
  private enum Source {
    case model(LoadedModel)
    case ensemble(Ensemble)
    case file(PredictedTags)
  }

  /// The model's directory, those of several with a + between them, or the file.
  public let path: String
  private let source: Source

  /// Opens a model directory of any kind.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  public init(model path: String) throws {
    try self.init(models: [path])
  }

  /// Opens model directories of any kind, whose logits are averaged: the label of a word is that of the largest mean.
  ///
  /// Of a single model a CRF, where there is one, decides a sentence's labels together.
  ///
  /// - Parameter paths: The directories, at least one; all models must have the labels of the first.
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong, or a model of other labels.
  public init(models paths: [String]) throws {
    path = paths.joined(separator: " + ")
    source =
      paths.count == 1 ? .model(try LoadedModel(path: paths[0])) : .ensemble(try Ensemble(paths))
  }

  /// Opens a file with the same words and predicted tags.
  ///
  /// - Throws: `FileError` if it cannot be opened.
  public init(predictions path: String, format: CorpusFormat = CorpusFormat()) throws {
    self.path = path
    source = .file(try PredictedTags(path: path, format: format))
  }

  /// Opens a directory as a model and anything else as a file of predictions.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  public init(path: String, format: CorpusFormat = CorpusFormat()) throws {
    if Folders.isDirectory(path) {
      try self.init(model: path)
    } else {
      try self.init(predictions: path, format: format)
    }
  }

  /// How the labels of a single model are read, in words for the user, where they are no IOB2.
  public var notice: String? {
    guard case .model(let model) = source, !LabelSet(names: model.labels).isIOB2 else { return nil }
    return "\(path): its labels are turned into B- and I-"
  }

  /// One tag a word for the next sentences of a corpus.
  ///
  /// - Throws: `FileError` or `DataError` for a file of predictions that is wrong or does not fit the corpus; `DataError`
  ///   for logits that are not finite.
  func tags(
    for sentences: [Example], of gold: String, workers: Workers
  ) throws -> [[String]] {
    switch source {
    case .model(let model): try model.tags(for: sentences, workers: workers)
    case .ensemble(let ensemble): try ensemble.tags(for: sentences, workers: workers)
    case .file(let tags): try tags.tags(for: sentences, of: gold)
    }
  }

  /// The entities with their probabilities; nil for all but a single student.
  func confidences(on sentences: [Example], workers: Workers) -> [Calibration.Prediction]? {
    guard case .model(let model) = source else { return nil }
    return model.confidences(on: sentences, workers: workers)
  }

  /// Makes sure that a file of predictions has no sentence more than the corpus.
  ///
  /// - Throws: `DataError` if it has.
  func checkEnd(of gold: String) throws {
    if case .file(let tags) = source { try tags.checkEnd(of: gold) }
  }
}

import Corpora
import Evaluation
import Files
import Kernels
import Labels
import ModelFiles
import Networks
import Runtime
import StudentFormat
import Training

/// Any tagger on disk: a BERT or a BiLSTM student.
public enum LoadedModel: Sendable {
  case bert(BERTModel)
  case student(StudentModel)

  /// Reads a model directory of either kind.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  public init(path: String) throws {
    if StudentModel.isStudent(path) {
      self = .student(try StudentModel(path: path))
    } else {
      self = .bert(try BERTModel(path: path))
    }
  }

  /// The label names.
  public var labels: [String] {
    switch self {
    case .bert(let model): model.network.labels
    case .student(let model): model.network.labels
    }
  }

  /// The number of parameters.
  public var parameterCount: Int {
    switch self {
    case .bert(let model): model.network.layout.count
    case .student(let model): model.network.layout.count
    }
  }

  /// The number of parameters outside the embedding tables.
  public var parameterCountWithoutEmbeddings: Int {
    switch self {
    case .bert(let model): model.network.encoderParameterCount
    case .student(let model): model.network.encoderParameterCount
    }
  }

  /// The most probable tag of each word of each sentence, in IOB2.
  ///
  /// - Parameters:
  ///   - sentences: The sentences; what is too long for a BERT is read in windows.
  ///   - workers: The threads.
  /// - Returns: As many tags as words.
  /// - Throws: `DataError` for logits that are not finite.
  public func tags(for sentences: [Example], workers: Workers) throws(DataError) -> [[String]] {
    let labels = LabelSet(names: labels)
    do throws(OverflowedLogits) {
      let predicted: [[Int]] =
        switch self {
        case .bert(let model):
          try Prediction(model.network, parameters: model.parameters, workers: workers)
            .labels(sentences.map { model.input($0.words) })
        case .student(let model):
          try Prediction(model.network, parameters: model.parameters, workers: workers)
            .labels(model.inputs(for: sentences.map(\.words)))
        }
      return predicted.map { labels.tags(of: $0) }
    } catch {
      throw Self.overflow(in: folder)
    }
  }

  /// The directory that the model was read from.
  private var folder: String {
    switch self {
    case .bert(let model): Folders.parent(of: model.vocabularyPath)
    case .student(let model): Folders.parent(of: model.vocabularyPath)
    }
  }

  /// The error for a model whose logits are not finite.
  static func overflow(in folder: String) -> DataError {
    DataError(
      file: folder, found: "a model with logits that are not finite", expected: "finite logits",
      remedy: "take a model whose training did not diverge")
  }

  /// The entity score on sentences with gold tags.
  ///
  /// - Throws: `DataError` for logits that are not finite.
  public func score(on corpus: Corpus, workers: Workers) throws(DataError) -> EntityScore {
    EntityScore(
      gold: corpus.examples.map(\.tags),
      predicted: try tags(for: corpus.examples, workers: workers))
  }
}

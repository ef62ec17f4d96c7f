import Files
import Kernels
import Labels
import ModelFiles
import Networks
import Runtime
import StudentFormat

/// A trained model on disk, a BERT or a BiLSTM student: what its files say before its weights are read.
public protocol ModelDirectory: Sendable {
  /// The directory.
  var path: String { get }
  /// The files with the weights.
  var weightsPaths: [String] { get }

  /// What the model can be asked about an example; both a text and a pair of a BERT that labels either.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong, or a model without labels.
  func tasks() throws -> [TaskKind]
  /// The labels in the order of the model's own columns.
  ///
  /// - Parameter task: What the model is asked about an example.
  /// - Returns: The names.
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong, or a model of another task.
  func labelNames(for task: TaskKind) throws -> [String]
  /// The content of all files that decide what the model answers, as lines `name=SHA-256`.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  func keyLines() throws -> [String]
  /// A notice about the case of words that the user should know; nil where there is none.
  ///
  /// - Throws: `FileError` or `DataError` if the vocabulary cannot be read.
  func caseNotice() throws -> String?
  /// Refuses weights that are not whole.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  func checkWeights() throws
  /// Reads the model.
  ///
  /// - Parameter task: What it is asked about an example.
  /// - Returns: The model.
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong, or a model of another task.
  func model(for task: TaskKind) throws -> any ClassifierModel
  /// What the files say of the model, for people.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong, or lacks a tensor.
  func outline() throws -> ModelOutline
}

/// Finds out what a model directory holds.
public enum ModelDirectories {
  /// Opens a directory of either kind.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  public static func open(_ path: String) throws -> any ModelDirectory {
    let student = StudentFolder(path: path)
    return student.isStudent ? student : try HuggingFaceDirectory(path: path)
  }
}

extension HuggingFaceDirectory: ModelDirectory {
  /// Those of its head.
  public func tasks() throws -> [TaskKind] {
    // A model without a head has the tagger's error.
    try head() == .sequence ? [.sentence, .pair] : [.tag]
  }

  /// The labels in the order of the columns.
  public func labelNames(for task: TaskKind) throws -> [String] { try labels(for: task) }

  /// Maps the weights.
  public func checkWeights() throws { _ = try weights() }

  /// Reads the model.
  public func model(for task: TaskKind) throws -> any ClassifierModel {
    try BERTModel(path: path, task: task)
  }

  /// What the files say of the model.
  public func outline() throws -> ModelOutline {
    let tasks = try tasks()
    let network = try BERTModel.network(of: self)
    let kind = tasks[0].labelsWords ? "tagger" : "classifier of texts and pairs"
    return ModelOutline(
      kind: "\(configuration.architecture.title) \(kind), \(network.configuration.layerCount) "
        + "layers of \(configuration.hiddenSize)",
      labels: network.labels, parameterCount: network.layout.count,
      parameterCountWithoutEmbeddings: network.encoderParameterCount, weightsPaths: weightsPaths)
  }
}

extension StudentFolder: ModelDirectory {
  /// The file with the weights.
  public var weightsPaths: [String] { [weightsPath] }

  /// The one that it was trained for.
  public func tasks() throws -> [TaskKind] {
    [try StudentConfiguration(path: configurationPath).task]
  }

  /// The labels in the order of the columns.
  public func labelNames(for task: TaskKind) throws -> [String] {
    let configuration = try StudentConfiguration(path: configurationPath)
    guard configuration.task == task else {
      throw DataError(
        file: configurationPath, found: "a \(configuration.task.task.modelName)",
        expected: "a \(task.task.modelName)", remedy: "give a student of the same task")
    }
    return configuration.labels
  }

  /// The content of all files.
  public func keyLines() throws -> [String] {
    try paths.map { "\(Folders.name(of: $0))=\(try ContentHash.sha256(file: $0))" }
  }

  /// None: its tokenizer file says it.
  public func caseNotice() throws -> String? { nil }

  /// Maps the weights.
  public func checkWeights() throws { _ = try StudentModel(path: path) }

  /// Reads the model.
  public func model(for task: TaskKind) throws -> any ClassifierModel {
    _ = try labelNames(for: task)
    return try StudentModel(path: path)
  }

  /// What the files say of the model.
  public func outline() throws -> ModelOutline {
    let configuration = try StudentConfiguration(path: configurationPath)
    let graph = StudentGraph(configuration)
    let weights = try SafetensorsFile(path: weightsPath)
    for slice in graph.layout.slices + (graph.frozenVectors.map { [$0] } ?? []) {
      _ = try weights.tensor(named: slice.name, shape: slice.shape)
    }
    var kind = "BiLSTM student, \(configuration.hidden) units a side"
    if configuration.layers > 1 { kind += ", \(configuration.layers) layers" }
    if let vectors = configuration.wordVectors { kind += ", \(vectors.count) word vectors" }
    if configuration.hasCRF { kind += ", CRF" }
    if !configuration.task.labelsWords {
      kind += ", ReLU layer of \(configuration.headHidden), \(configuration.task.task.modelName)"
    }
    return ModelOutline(
      kind: kind, labels: configuration.labels, parameterCount: graph.layout.count,
      parameterCountWithoutEmbeddings: graph.encoderParameterCount, weightsPaths: weightsPaths)
  }
}

/// What the files of a model on disk say of it: kind, labels and sizes; of its weights the headers are read, no parameter.
public struct ModelOutline: Sendable {
  /// What it is, in words.
  public let kind: String
  /// The label names.
  public let labels: [String]
  /// The number of parameters.
  public let parameterCount: Int
  /// The number of parameters outside the embedding tables.
  public let parameterCountWithoutEmbeddings: Int
  /// The files with the weights.
  public let weightsPaths: [String]
}

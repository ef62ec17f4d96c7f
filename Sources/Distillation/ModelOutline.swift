import Files
import Kernels
import ModelFiles
import Networks
import StudentFormat

/// What the files of a tagger on disk say of it: kind, labels and sizes.
///
/// Of its weights the headers are read, no parameter.
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

  /// Reads the configuration of a BERT or a student, and which tensors its weights have.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong, or lacks a tensor.
  public init(path: String) throws {
    let student = StudentFolder(path: path)
    if student.isStudent {
      let configuration = try StudentConfiguration(path: student.configurationPath)
      let graph = StudentGraph(configuration)
      let weights = try SafetensorsFile(path: student.weightsPath)
      for slice in graph.layout.slices + (graph.frozenVectors.map { [$0] } ?? []) {
        _ = try weights.tensor(named: slice.name, shape: slice.shape)
      }
      kind = Self.kind(configuration)
      labels = configuration.labels
      parameterCount = graph.layout.count
      parameterCountWithoutEmbeddings = graph.encoderParameterCount
      weightsPaths = [student.weightsPath]
    } else {
      let directory = try HuggingFaceDirectory(path: path)
      let network = try BERTModel.network(of: directory)
      let configuration = network.configuration
      kind =
        "\(configuration.architecture.title) tagger, \(configuration.layerCount) layers of "
        + "\(configuration.hiddenSize)"
      labels = network.labels
      parameterCount = network.layout.count
      parameterCountWithoutEmbeddings = network.encoderParameterCount
      weightsPaths = directory.weightsPaths
    }
  }

  private static func kind(_ student: StudentConfiguration) -> String {
    var kind = "BiLSTM student, \(student.hidden) units a side"
    if student.layers > 1 { kind += ", \(student.layers) layers" }
    if let vectors = student.wordVectors { kind += ", \(vectors.count) word vectors" }
    if student.hasCRF { kind += ", CRF" }
    return kind
  }
}

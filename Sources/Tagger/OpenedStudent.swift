import Files
import Kernels
import Labels
import ModelFiles
import StudentFormat

/// A student directory while it is opened: its settings and its file of weights, from which what is packed is taken.
struct OpenedStudent {
  let configuration: StudentConfiguration
  let vocabulary: StudentVocabulary
  let graph: StudentGraph
  private let file: SafetensorsFile
  /// The file of weights, for messages.
  var weightsPath: String { file.path }

  /// Opens a student directory.
  ///
  /// - Parameters:
  ///   - folder: The directory.
  ///   - tagsWords: Whether it must be a student that tags words, or one that labels texts or pairs.
  /// - Throws: `FileError` if a file cannot be read, `DataError` if it holds something wrong, or a student for another task.
  init(_ folder: StudentFolder, tagsWords: Bool) throws {
    configuration = try StudentConfiguration(folder.open(folder.configurationPath))
    guard configuration.task.labelsWords == tagsWords else {
      throw DataError(
        file: folder.configurationPath, found: "a student for the task \(configuration.task)",
        expected: "one for the task \(tagsWords ? "tag" : "sentence or pair")",
        remedy: tagsWords ? "use it to classify texts" : "use it to tag words")
    }
    vocabulary = try folder.vocabulary(for: configuration).vocabulary
    graph = StudentGraph(configuration)
    file = try SafetensorsFile(folder.open(folder.weightsPath))
  }

  /// The floats of a tensor.
  func floats(_ slice: ParameterSlice) throws -> TensorFloats {
    try TensorFloats(slice, in: file)
  }

  /// A BiLSTM, packed.
  func lstm(_ tensors: BiLSTMTensors, precision: TaggerPrecision) throws -> EncoderLayer {
    try EncoderLayer(tensors, in: file, precision: precision)
  }

  /// A linear layer above the BiLSTMs, packed; its products are few and always in float.
  func linear(_ weight: ParameterSlice, _ bias: ParameterSlice) throws -> PackedProduct {
    let (weight, bias) = (try floats(weight), try floats(bias))
    return withExtendedLifetime((weight, bias)) {
      PackedProduct(weight: weight.matrix, bias: bias.base, precision: .fp32)
    }
  }
}

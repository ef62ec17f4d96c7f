import CKernels
import Files
import Kernels
import Labels
import ModelFiles
import StudentFormat

/// The numbers in which the weights of a student's LSTM are multiplied; everything else is float.
public enum TaggerPrecision: String, Sendable, CaseIterable {
  /// Floats of 32 bits, as in training.
  case fp32
  /// Whole numbers of 8 bits, of 7 where there is no AVX512-VNNI, with a scale for each row; fp32 on a CPU without AVX2.
  case int8

  /// Whether this CPU runs int8 where it is asked for.
  public static var hasInt8: Bool { ck_lstm_has_int8() }

  /// Whether weights are packed as int8.
  var usesInt8: Bool { self == .int8 && Self.hasInt8 }

  /// The numbers that this CPU multiplies where these are asked for.
  public var usedHere: TaggerPrecision { usesInt8 ? .int8 : .fp32 }
}

/// A student directory ready for tagging: the word tables stay in the mapped file, the small rest is packed for speed.
///
/// It does not change any more, so several taggers, one a thread, may share it.
public final class TaggerModel: Sendable {
  /// The sizes and labels.
  public let configuration: StudentConfiguration
  let vocabulary: StudentVocabulary
  let graph: StudentGraph
  /// The linear chain on the logits: with the CRF's scores, or with none where the student has no CRF.
  public let chain: LinearChain
  private let lexiconTable: TensorFloats
  private let frozenVectors: TensorFloats?
  /// The shape table, [6, shapeDimension].
  let shapes: TensorFloats
  /// P of the character CNN: each character under each tap of the filters, [C, 3 F].
  let tappedCharacters: FloatBuffer
  /// The bias of the character CNN, [F].
  let characterBias: TensorFloats
  /// The BiLSTMs from the bottom up.
  let layers: [TaggerLayer]
  /// The classifier, [L, 2H] and [L].
  let classifier: PackedProduct

  /// The tables of the words themselves, which live as long as the model.
  var lexicon: StudentLexicon {
    StudentLexicon(configuration, table: lexiconTable.base, frozen: frozenVectors?.base)
  }

  /// Opens a student directory.
  ///
  /// - Parameters:
  ///   - path: The directory.
  ///   - precision: The numbers in which its LSTM's weights are multiplied.
  /// - Throws: `FileError` if a file cannot be read, `DataError` if it holds something wrong.
  public init(path: String, precision: TaggerPrecision = .fp32) throws {
    let folder = StudentFolder(path: path)
    configuration = try StudentConfiguration(path: folder.configurationPath)
    vocabulary = try folder.vocabulary(for: configuration).vocabulary
    let graph = StudentGraph(configuration)
    self.graph = graph
    let file = try SafetensorsFile(path: folder.weightsPath)
    func floats(_ slice: ParameterSlice) throws -> TensorFloats {
      try TensorFloats(slice, in: file)
    }
    frozenVectors = try graph.frozenVectors.map(floats)
    lexiconTable = try floats(graph.lexicon)
    shapes = try floats(graph.shapes)
    characterBias = try floats(graph.characters.bias)
    tappedCharacters = try Self.tapped(graph.characters, in: file)
    layers = try graph.lstms.map { try TaggerLayer($0, in: file, precision: precision) }
    let (weight, bias) = (try floats(graph.classifierWeight), try floats(graph.classifierBias))
    classifier = withExtendedLifetime((weight, bias)) {
      PackedProduct(weight: weight.matrix, bias: bias.base, precision: .fp32)
    }
    // After the classifier, whose tensors prove the number of labels, whose square the chain takes.
    chain = LinearChain(
      labels: configuration.labels,
      scores: try graph.crf.map {
        LinearChain.Scores(
          start: try floats($0.start).values, end: try floats($0.end).values,
          transitions: try floats($0.transitions).values)
      }, temperature: configuration.temperature)
  }

  /// The most characters times filters that are multiplied out, 768 megabytes.
  private static let maximumTapped = 1 << 26

  /// Step 1 of the character CNN, once and for all: each character's embedding times each tap of the filters.
  private static func tapped(
    _ tensors: CharacterCNNTensors, in file: SafetensorsFile
  ) throws -> FloatBuffer {
    let (count, filters) = (tensors.characters, tensors.filters)
    let embeddings = try TensorFloats(tensors.embeddings, in: file)
    let weight = try TensorFloats(tensors.weight, in: file)
    // A file of a few megabytes can name sizes whose product is terabytes.
    guard count * filters <= maximumTapped else {
      throw DataError(
        file: file.path, found: "\(count) characters and \(filters) filters",
        expected: "a product of at most \(maximumTapped)")
    }
    let width = CharacterCNNTensors.taps * filters
    let tapMajor = FloatBuffer(count: width * tensors.dimension)
    let noBias = FloatBuffer(count: width)
    let tapped = FloatBuffer(count: count * width)
    withExtendedLifetime((embeddings, weight, tapMajor, noBias)) {
      tensors.writeTapMajor(weight.base, to: tapMajor.base)
      let taps = PackedProduct(
        weight: Matrix(tapMajor.base, rows: width, columns: tensors.dimension),
        bias: noBias.base, precision: .fp32)
      taps.multiply(
        embeddings.matrix, into: Matrix(tapped.base, rows: count, columns: width),
        scratch: tapped.base)  // float32 needs no scratch
    }
    return tapped
  }
}

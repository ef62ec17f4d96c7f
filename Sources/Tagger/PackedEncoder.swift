import Files
import Kernels
import StudentFormat

/// What every student has below its head, ready for work: the word tables stay in the mapped file, the small rest is packed
/// for speed.
///
/// It does not change any more, so that several threads may share it.
final class PackedEncoder: Sendable {
  /// The sizes and labels.
  let configuration: StudentConfiguration
  let vocabulary: StudentVocabulary
  private let lexiconTable: TensorFloats
  private let frozenVectors: TensorFloats?
  /// The shape table, [6, shapeDimension].
  let shapes: TensorFloats
  /// The tensors of the character CNN.
  let characters: CharacterCNNTensors
  /// P of the character CNN: each character under each tap of the filters, [C, 3 F].
  let tappedCharacters: FloatBuffer
  /// The bias of the character CNN, [F].
  let characterBias: TensorFloats
  /// The BiLSTMs from the bottom up.
  let layers: [EncoderLayer]

  /// The tables of the words themselves, which live as long as the encoder.
  var lexicon: StudentLexicon {
    StudentLexicon(configuration, table: lexiconTable.base, frozen: frozenVectors?.base)
  }

  /// Packs what stands below the head.
  ///
  /// - Parameters:
  ///   - student: The student.
  ///   - precision: The numbers in which its LSTM's weights are multiplied.
  /// - Throws: `DataError` if the file of weights holds something wrong.
  init(_ student: OpenedStudent, precision: TaggerPrecision) throws {
    (configuration, vocabulary) = (student.configuration, student.vocabulary)
    let graph = student.graph
    characters = graph.characters
    frozenVectors = try graph.frozenVectors.map(student.floats)
    lexiconTable = try student.floats(graph.lexicon)
    shapes = try student.floats(graph.shapes)
    characterBias = try student.floats(graph.characters.bias)
    tappedCharacters = try Self.tapped(graph.characters, of: student)
    layers = try graph.lstms.map { try student.lstm($0, precision: precision) }
  }

  /// The most characters times filters that are multiplied out, 768 megabytes.
  private static let maximumTapped = 1 << 26

  /// Step 1 of the character CNN, once and for all: each character's embedding times each tap of the filters.
  private static func tapped(
    _ tensors: CharacterCNNTensors, of student: OpenedStudent
  ) throws -> FloatBuffer {
    let (count, filters) = (tensors.characters, tensors.filters)
    let embeddings = try student.floats(tensors.embeddings)
    let weight = try student.floats(tensors.weight)
    // A file of a few megabytes can name sizes whose product is terabytes.
    guard count * filters <= maximumTapped else {
      throw DataError(
        file: student.weightsPath, found: "\(count) characters and \(filters) filters",
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

import Files
import Labels
import ModelFiles

/// A student directory ready for tagging: the word tables stay in the mapped file, the small rest is packed for speed.
///
/// It does not change any more, so several taggers, one a thread, may share it.
public final class TaggerModel: Sendable {
  /// The sizes and labels.
  public let configuration: StudentConfiguration
  let vocabulary: StudentVocabulary
  /// The linear chain on the logits: with the CRF's scores, or with none where the student has no CRF.
  public let chain: LinearChain
  let lexicon: Lexicon
  /// The shape table, [6, shapeDimension].
  let shapes: TensorFloats
  /// P of CharacterCNN: each character under each tap of the filters, [C, 3 F].
  let tappedCharacters: TensorFloats
  /// The bias of the character CNN, [F].
  let characterBias: TensorFloats
  /// The BiLSTMs from the bottom up.
  let layers: [TaggerLayer]
  /// The classifier, [L, 2H] and [L].
  let classifier: PackedLinear

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
    let weights = try StudentWeights(
      file: SafetensorsFile(path: folder.weightsPath), configuration: configuration)
    let (hidden, labels) = (configuration.hidden, configuration.labels.count)
    lexicon = try weights.lexicon()
    shapes = try weights.tensor(
      "shape_embeddings.weight", WordShape.allCases.count, configuration.shapeDimension)
    characterBias = try weights.tensor("char_cnn.bias", configuration.filters)
    tappedCharacters = try weights.tappedCharacters()
    layers = try (0..<configuration.layers).map {
      try TaggerLayer(weights, number: $0, precision: precision)
    }
    let classifierWeight = try weights.tensor("classifier.weight", labels, 2 * hidden)
    classifier = PackedLinear(
      classifierWeight, bias: try weights.tensor("classifier.bias", labels), inputs: 2 * hidden)
    // Behind the classifier, whose tensors prove the number of labels, whose square the chain takes.
    chain = try weights.chain()
  }
}

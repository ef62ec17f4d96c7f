import BLAS
import Files
import Glibc
import Kernels
import Labels
import ModelFiles
import Runtime
import StudentFormat
import Tokenization

/// A BERT, DistilBERT or MPNet tagger with its parameters and its tokenizer: a Hugging Face directory in memory.
public final class BERTModel: Sendable {
  /// The network.
  public let network: BERTNetwork
  /// The parameters in the network's layout.
  public let parameters: FloatBuffer
  /// The tokenizer.
  public let tokenizer: WordPieceTokenizer
  /// How the tokenizer normalises, as the directory says.
  public let tokenizerOptions: TokenizerOptions
  /// The vocabulary file that the tokenizer was read from.
  public let vocabularyPath: String

  /// Whether its token types are the shapes of words.
  public var readsWordShapes: Bool { network.configuration.typesAreWordShapes }

  /// Reads a Hugging Face directory.
  ///
  /// - Parameters:
  ///   - path: The directory, with config.json, the weights in safetensors and vocab.txt or tokenizer.json.
  ///   - labels: The labels of a new classifier, where the directory is not to be used with its own; a classifier in
  ///     the directory is then passed over.
  ///   - layers: The encoder layers to keep.
  ///   - wordShapes: Whether an uncased BERT's token types become the shapes of words, all of which begin as type 0; of
  ///     no effect on others.
  ///   - seed: The seed of a new classifier.
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  public convenience init(
    path: String, labels: [String]? = nil, layers: LayerSelection = .all,
    wordShapes: Bool = false, seed: UInt64 = 0
  ) throws {
    let directory = try HuggingFaceDirectory(path: path)
    var configuration = directory.configuration
    configuration.labels = try labels ?? directory.labels().names
    guard let kept = layers.indices(of: configuration.layerCount) else {
      throw DataError(
        file: directory.configurationPath, found: "\(configuration.layerCount) layers",
        expected: "enough layers for \(layers)", remedy: "choose a smaller number")
    }
    configuration.layerCount = kept.count
    let weights = BERTWeights(
      file: try directory.weights(), keepsClassifier: labels == nil, layers: kept,
      storedTypes: configuration.typeVocabularySize)
    if wordShapes { configuration.takeWordShapes(directory.tokenizer) }
    try weights.check(BERTNetwork(configuration))
    try self.init(configuration, directory: directory)
    initialize(seed: seed) { !weights.reads($0) }
    try weights.copy(to: self)
  }

  /// The network of a directory as it stands, whose weights have its tensors; no parameter is read.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  public static func network(of directory: HuggingFaceDirectory) throws -> BERTNetwork {
    var configuration = directory.configuration
    configuration.labels = try directory.labels().names
    let network = BERTNetwork(configuration)
    let weights = BERTWeights(
      file: try directory.weights(), keepsClassifier: true,
      layers: Array(0..<configuration.layerCount),
      storedTypes: configuration.typeVocabularySize)
    try weights.check(network)
    return network
  }

  /// Makes a model of the given sizes with random parameters and a directory's tokenizer.
  ///
  /// - Parameters:
  ///   - configuration: The sizes.
  ///   - path: The directory.
  ///   - wordShapes: As above.
  ///   - seed: The seed of the parameters.
  /// - Throws: `FileError` or `DataError` for a tokenizer file that is missing or wrong.
  public convenience init(
    random configuration: ModelConfiguration, tokenizerFrom path: String, wordShapes: Bool = false,
    seed: UInt64
  ) throws {
    let directory = try HuggingFaceDirectory(path: path)
    var configuration = configuration
    if wordShapes { configuration.takeWordShapes(directory.tokenizer) }
    try self.init(configuration, directory: directory)
    initialize(seed: seed)
  }

  private init(_ configuration: ModelConfiguration, directory: HuggingFaceDirectory) throws {
    try BLAS.load()
    guard configuration.longestInput >= WordEncoding.shortestWindow else {
      throw DataError(
        file: directory.configurationPath,
        found: "max_position_embeddings \(configuration.maximumPositions)",
        expected: "enough for [CLS], a piece and [SEP]")
    }
    let shapes = WordShape.allCases.count
    guard !configuration.typesAreWordShapes || configuration.typeVocabularySize == shapes else {
      throw DataError(
        file: directory.configurationPath,
        found: "type_vocab_size \(configuration.typeVocabularySize)",
        expected: "\(shapes), since its token types are the shapes of words")
    }
    let rates = [
      ("hidden_dropout_prob", configuration.hiddenDropout),
      ("attention_probs_dropout_prob", configuration.attentionDropout),
      ("classifier_dropout", configuration.classifierDropout ?? 0),
    ]
    for (key, rate) in rates where Float(rate) >= 1 {
      throw DataError(
        file: directory.configurationPath, found: "\(key) \(rate)",
        expected: "a rate below 1, so that something is left")
    }
    network = BERTNetwork(configuration)
    parameters = FloatBuffer(count: network.layout.count)
    tokenizerOptions = directory.tokenizer
    vocabularyPath = directory.vocabularyPath
    tokenizer = try WordPieceTokenizer(directory)
    guard tokenizer.vocabulary.count <= configuration.vocabularySize else {
      throw DataError(
        file: directory.vocabularyPath, found: "\(tokenizer.vocabulary.count) pieces",
        expected: "at most the model's \(configuration.vocabularySize)",
        remedy: "take the vocabulary that belongs to the model")
    }
  }

  /// Sets parameters as BERT does: weights normal with the configuration's deviation, biases 0, gammas 1.
  ///
  /// - Parameters:
  ///   - seed: The seed; each tensor has a stream of its own.
  ///   - isWanted: Whether a tensor is to be set.
  private func initialize(
    seed: UInt64, where isWanted: (ParameterSlice) -> Bool = { _ in true }
  ) {
    let deviation = network.configuration.initializerRange
    for (index, slice) in network.layout.slices.enumerated() where isWanted(slice) {
      let target = slice.pointer(in: parameters.base)
      if slice.name.hasSuffix(".bias") {
        target.update(repeating: 0, count: slice.count)
      } else if Architecture.Tensors.isNormalization(slice.name) {
        target.update(repeating: 1, count: slice.count)
      } else {
        var stream = RandomStream(
          seed: seed, purpose: .initialization, index: UInt64(index))
        for i in 0..<slice.count { target[i] = Float(stream.normal() * deviation) }
      }
    }
  }

  /// A sentence as the network reads it; in overlapping windows if it has more pieces than the model has positions, or than
  /// `BERTInput.longestWindow`.
  public func input(_ words: [String]) -> BERTInput {
    BERTInput(
      tokenizer.encode(words: words),
      maxLength: min(network.configuration.longestInput, BERTInput.longestWindow),
      shapes: readsWordShapes ? words.map { WordShape(of: $0) } : nil)
  }

  /// Writes a Hugging Face directory: config.json, model.safetensors, vocab.txt, tokenizer_config.json.
  ///
  /// - Throws: `FileError` when the system cannot write.
  public func save(to path: String) throws {
    try Folders.create(path)
    let writer = try SafetensorsWriter(
      path: "\(path)/model.safetensors",
      entries: network.layout.slices.map { SafetensorsWriter.Entry($0.name, shape: $0.shape) })
    for slice in network.layout.slices {
      try writer.write(
        UnsafeBufferPointer(rebasing: UnsafeBufferPointer(parameters.elements)[slice.range]),
        to: slice.name)
    }
    try writer.commit()
    var configuration = network.configuration
    configuration.architectures = [configuration.architecture.tokenClassifier]
    try tokenizerOptions.write(to: "\(path)/tokenizer_config.json")
    try tokenizer.vocabulary.write(to: "\(path)/vocab.txt")
    // Last, as a folder without it is no model: a process that is killed leaves none that is half written.
    try configuration.write(to: "\(path)/config.json")
  }
}

extension ModelConfiguration {
  /// Lets a BERT whose pieces do not tell capitals read the shapes of words as token types.
  fileprivate mutating func takeWordShapes(_ tokenizer: TokenizerOptions) {
    guard architecture.hasTokenTypes, tokenizer.lowercase else { return }
    typesAreWordShapes = true
    typeVocabularySize = WordShape.allCases.count
  }
}

import BLAS
import Files
import Glibc
import Kernels
import Labels
import ModelFiles
import Runtime
import StudentFormat
import Tokenization

/// A BERT, DistilBERT or MPNet that labels words or texts, with its parameters and tokenizer: a Hugging Face directory in memory.
public final class BERTModel: Sendable {
  /// What the model labels.
  public let task: TaskKind
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
  ///   - task: What the model is to label.
  ///   - labels: The labels of a new classifier, where the directory is not to be used with its own; a classifier in
  ///     the directory is then passed over. The layer before the classifier of texts, such as BERT's pooler, is kept where
  ///     the directory has it.
  ///   - layers: The encoder layers to keep.
  ///   - wordShapes: Whether an uncased BERT's token types become the shapes of words, all of which begin as type 0; of
  ///     no effect on others, and where texts are labelled.
  ///   - seed: The seed of a new classifier.
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  public convenience init(
    path: String, task: TaskKind = .tag, labels: [String]? = nil, layers: LayerSelection = .all,
    wordShapes: Bool = false, seed: UInt64 = 0
  ) throws {
    let directory = try HuggingFaceDirectory(path: path)
    var configuration = directory.configuration
    configuration.setClassifier(
      ClassifierHead(task), labels: try labels ?? directory.labels(for: task))
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
    let network = BERTNetwork(configuration)
    try weights.check(network)
    try self.init(configuration, task, directory: directory)
    initialize(seed: seed) { !weights.reads($0, network) }
    try weights.copy(to: self)
  }

  /// The network of a directory as it stands, whose weights have its tensors; no parameter is read.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  public static func network(of directory: HuggingFaceDirectory) throws -> BERTNetwork {
    var configuration = directory.configuration
    let task = try directory.head() == .sequence ? TaskKind.sentence : .tag
    configuration.setClassifier(ClassifierHead(task), labels: try directory.labels(for: task))
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
  ///   - configuration: The sizes, and the labels.
  ///   - path: The directory.
  ///   - task: What the model is to label.
  ///   - wordShapes: As above.
  ///   - seed: The seed of the parameters.
  /// - Throws: `FileError` or `DataError` for a tokenizer file that is missing or wrong.
  public convenience init(
    random configuration: ModelConfiguration, tokenizerFrom path: String, task: TaskKind = .tag,
    wordShapes: Bool = false, seed: UInt64
  ) throws {
    let directory = try HuggingFaceDirectory(path: path)
    var configuration = configuration
    configuration.setClassifier(ClassifierHead(task), labels: configuration.labels)
    if wordShapes { configuration.takeWordShapes(directory.tokenizer) }
    try self.init(configuration, task, directory: directory)
    initialize(seed: seed)
  }

  private init(
    _ configuration: ModelConfiguration, _ task: TaskKind, directory: HuggingFaceDirectory
  ) throws {
    try BLAS.load()
    let labelsTexts = !task.labelsWords
    let shortest = labelsTexts ? SequenceEncoding.shortestLength : WordEncoding.shortestWindow
    guard configuration.longestInput >= shortest else {
      throw DataError(
        file: directory.configurationPath,
        found: "max_position_embeddings \(configuration.maximumPositions)",
        expected: labelsTexts
          ? "enough for two texts of a piece and the special pieces around them"
          : "enough for [CLS], a piece and [SEP]")
    }
    guard !labelsTexts || !configuration.typesAreWordShapes else {
      throw DataError(
        file: directory.configurationPath, found: "token types that are the shapes of words",
        expected: "token types that tell the two texts of a pair apart",
        remedy: "take a model that was not trained as a tagger")
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
      ("seq_classif_dropout", labelsTexts ? configuration.headDropout : 0),
    ]
    for (key, rate) in rates where Float(rate) >= 1 {
      throw DataError(
        file: directory.configurationPath, found: "\(key) \(rate)",
        expected: "a rate below 1, so that something is left")
    }
    self.task = task
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

  /// An example as the network reads it, in at most as many pieces at a time as the model has positions, and at most
  /// `BERTInput.longestWindow`.
  ///
  /// A longer sentence of a tagger is read in overlapping windows; of a text or pair that is labelled as a whole, pieces are cut
  /// off, as `BERTInput.cutCount` says.
  ///
  /// - Parameters:
  ///   - words: The words, those of a pair's second text after those of the first.
  ///   - firstLength: The number of words of a pair's first text; nil for one text.
  ///   - maxLength: The most pieces at a time, special ones included; at least `WordEncoding.shortestWindow`, and
  ///     `SequenceEncoding.shortestLength` for a text or pair.
  /// - Returns: The input, whose rows are the words, or the text or pair.
  public func input(
    _ words: [String], firstLength: Int? = nil, maxLength: Int = BERTInput.longestWindow
  ) -> BERTInput {
    let length = min(maxLength, network.configuration.longestInput, BERTInput.longestWindow)
    guard !task.labelsWords else {
      return BERTInput(
        tokenizer.encode(words: words), maxLength: length,
        shapes: readsWordShapes ? words.map { WordShape(of: $0) } : nil)
    }
    let first = firstLength.map { Array(words[..<$0]) } ?? words
    let second = firstLength.map { Array(words[$0...]) }
    return BERTInput(
      tokenizer.encode(words: first, second: second, maxLength: length),
      hasTypes: second != nil && network.configuration.hasTypes(for: .pair))
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
    try tokenizerOptions.write(to: "\(path)/tokenizer_config.json")
    try tokenizer.vocabulary.write(to: "\(path)/vocab.txt")
    // Last, as a folder without it is no model: a process that is killed leaves none that is half written.
    try network.configuration.write(to: "\(path)/config.json")
  }
}

extension ModelConfiguration {
  /// Lets a BERT whose pieces do not tell capitals read the shapes of words as token types.
  fileprivate mutating func takeWordShapes(_ tokenizer: TokenizerOptions) {
    guard head == .token, architecture.hasTokenTypes, tokenizer.lowercase else { return }
    typesAreWordShapes = true
    typeVocabularySize = WordShape.allCases.count
  }
}

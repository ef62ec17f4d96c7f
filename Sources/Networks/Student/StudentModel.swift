import BLAS
import Files
import Kernels
import Labels
import ModelFiles
import StudentFormat
import Tokenization

/// A BiLSTM student with its parameters and its vocabulary: a student directory in memory.
public final class StudentModel: Sendable {
  /// The network.
  public let network: StudentNetwork
  /// The parameters in the network's layout.
  public let parameters: FloatBuffer
  /// How words become features.
  public let vocabulary: StudentVocabulary
  /// How the teacher's tokenizer normalises.
  public let tokenizerOptions: TokenizerOptions
  /// The vocabulary file that the tokenizer was read from.
  public let vocabularyPath: String

  /// Makes a student that has learnt nothing yet but the teacher's pieces, or the meaning of words from their vectors.
  ///
  /// - Parameters:
  ///   - task: What it answers; a student for texts or pairs has no CRF.
  ///   - labels: The labels, at least one.
  ///   - vocabulary: How words become features.
  ///   - tokenizerOptions: How the teacher's tokenizer normalises.
  ///   - vocabularyPath: The teacher's vocabulary file, for messages.
  ///   - pieceTable: The teacher's word embeddings, [V, D], from which the student's are made; nil for random ones.
  ///   - wordVectors: Vectors that stand in for pieces; the vocabulary must have their words. nil for pieces.
  ///   - pieceDimension: The width of a piece's embedding; that of `pieceTable` where it is narrower.
  ///   - hidden: H, the width of one direction of a BiLSTM.
  ///   - layers: The BiLSTMs one above another, 1 or 2.
  ///   - hasCRF: Whether a CRF stands on the logits.
  ///   - headHidden: R, the width of the ReLU layer of a student for texts or pairs.
  ///   - pooling: How a student for texts or pairs makes a text's vector.
  ///   - seed: The seed of what is random.
  ///   - dropout: The probability of dropout while training.
  /// - Throws: `DataError` if the piece table holds a number that is not finite.
  public init(
    task: TaskKind = .tag, labels: [String], vocabulary: StudentVocabulary,
    tokenizerOptions: TokenizerOptions, vocabularyPath: String, pieceTable: Matrix?,
    wordVectors: WordVectorTable? = nil,
    pieceDimension: Int = StudentConfiguration.defaultPieceDimension,
    hidden: Int = StudentConfiguration.defaultHidden, layers: Int = 1, hasCRF: Bool = false,
    headHidden: Int = StudentConfiguration.defaultHeadHidden,
    pooling: StudentConfiguration.Pooling = .last,
    seed: UInt64, dropout: Float = 0.3
  ) throws {
    try BLAS.load()
    if let pieceTable, !PieceTableReduction.isFinite(pieceTable) {
      throw DataError(
        file: vocabularyPath, found: "NaN or infinity in the teacher's word embeddings",
        expected: "finite numbers", remedy: "take a teacher whose training did not diverge")
    }
    var configuration = StudentConfiguration(
      pieceCount: pieceTable?.rows ?? vocabulary.tokenizer.vocabulary.count,
      characterCount: vocabulary.characterCount, labels: labels,
      pieceDimension: min(pieceDimension, pieceTable?.columns ?? pieceDimension),
      hidden: hidden)
    configuration.task = task
    configuration.layers = layers
    configuration.hasCRF = hasCRF
    configuration.headHidden = headHidden
    configuration.pooling = pooling
    if let wordVectors {
      precondition(
        vocabulary.words?.words == wordVectors.words.words, "a vocabulary of other words")
      configuration.wordVectors = wordVectors.sizes
      (configuration.pieceCount, configuration.pieceDimension) = (0, 0)
    }
    network = StudentNetwork(
      configuration, frozenVectors: wordVectors?.vectors, dropout: dropout)
    parameters = FloatBuffer(count: network.layout.count)
    self.vocabulary = vocabulary
    self.tokenizerOptions = tokenizerOptions
    self.vocabularyPath = vocabularyPath
    network.initialize(parameters, seed: seed)
    if let wordVectors {
      let rows = StudentConfiguration.WordVectors.specialRows
      let tuned = network.lexicalTable.matrix(in: parameters.base)
      tuned.row(rows).update(
        from: wordVectors.vectors.base, count: (tuned.rows - rows) * tuned.columns)
    } else if let pieceTable {
      PieceTableReduction.reduce(
        pieceTable, into: network.lexicalTable.matrix(in: parameters.base))
    }
  }

  /// Reads a student directory.
  ///
  /// - Throws: `FileError` if a file cannot be read, `DataError` if it holds something wrong.
  public init(path: String) throws {
    let folder = StudentFolder(path: path)
    let configuration = try StudentConfiguration(path: folder.configurationPath)
    (vocabulary, tokenizerOptions) = try folder.vocabulary(for: configuration)
    vocabularyPath = folder.piecesPath
    try BLAS.load()
    let weights = try SafetensorsFile(path: folder.weightsPath)
    let graph = StudentGraph(configuration)
    let frozen = try graph.frozenVectors.map { slice in
      let tensor = try weights.tensor(named: slice.name, shape: slice.shape)
      let vectors = FloatBuffer(count: tensor.count)
      try weights.copyFloats(of: tensor, into: vectors.elements)
      return vectors
    }
    network = StudentNetwork(configuration, frozenVectors: frozen)
    // A file that lacks a tensor is refused before memory for all of them is taken.
    let tensors = try graph.layout.slices.map {
      try weights.tensor(named: $0.name, shape: $0.shape)
    }
    parameters = FloatBuffer(count: graph.layout.count)
    for (slice, tensor) in zip(graph.layout.slices, tensors) {
      let floats = UnsafeMutableBufferPointer(rebasing: parameters.elements[slice.range])
      try weights.copyFloats(of: tensor, into: floats)
    }
  }

  /// Whether a directory holds a student, which its config.json says.
  public static func isStudent(_ path: String) -> Bool { StudentFolder(path: path).isStudent }

  /// Sentences as the network reads them; only those of one call may meet in a batch.
  public func inputs(for sentences: some Sequence<[String]>) -> [StudentInput] {
    StudentInput.inputs(for: sentences, vocabulary: vocabulary)
  }
}

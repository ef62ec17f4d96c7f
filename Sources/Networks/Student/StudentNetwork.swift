import Kernels
import Labels
import Layers
import StudentFormat

/// The BiLSTM student while it is trained: the layers of `StudentGraph`, forward and backward over a batch.
///
/// With U word types in a batch of N words, the graph's steps are
///
///     (1) t_u = the vector of each word type          [U, I]
///     (2) X   = dropout(t of each word)               [N, I]
///     (3) Y   = dropout(BiLSTM(X))                    [N, 2H], a second time on Y where there are two layers
///     (4) Z   = Y Wc^T + bc                           [N, L]
///
/// Each word type is computed once a batch, however often it occurs. A student that labels texts or pairs has no dropout in its
/// last step 3, and in place of step 4 the head of StudentNetwork+Head.swift.
public struct StudentNetwork: Classifier {
  /// The sizes and labels.
  public let configuration: StudentConfiguration
  /// The probability of dropout on the LSTM's input and on the input of what stands above it, while training.
  public var dropout: Float
  /// Where each tensor lies.
  public let graph: StudentGraph
  /// The frozen word vectors, [W, D]; nil for a student of pieces.
  public let frozenVectors: FloatBuffer?
  let characters: CharacterCNN
  let shapes: Embedding
  /// The BiLSTMs from the bottom up.
  let lstms: [BiLSTM]
  let classifier: Linear
  /// The ReLU layer and the classifier of a student that labels texts or pairs; nil for a tagger.
  let head: FeedForward?
  /// The CRF on the logits, where there is one.
  public let crf: CRF?

  /// Where each parameter lies.
  public var layout: ParameterLayout { graph.layout }
  /// The table of the words themselves: of pieces, or of tuned vectors.
  public var lexicalTable: ParameterSlice { graph.lexicon }
  /// The table of the words themselves.
  public var sparseTables: [ParameterSlice] { [graph.lexicon] }
  /// The label names.
  public var labels: [String] { configuration.labels }

  /// Lays out a network.
  ///
  /// - Parameters:
  ///   - configuration: The sizes; it must name at least one label.
  ///   - frozenVectors: The frozen word vectors, [W, D], where the configuration has word vectors.
  ///   - dropout: The probability of dropout, 0 ..< 1.
  public init(
    _ configuration: StudentConfiguration, frozenVectors: FloatBuffer? = nil, dropout: Float = 0.3
  ) {
    precondition(!configuration.labels.isEmpty, "a classifier needs labels")
    precondition(dropout >= 0 && dropout < 1, "dropout \(dropout)")
    let graph = StudentGraph(configuration)
    precondition(
      frozenVectors?.count == graph.frozenVectors?.count,
      "\(frozenVectors?.count ?? 0) frozen numbers")
    self.frozenVectors = frozenVectors
    self.configuration = configuration
    self.dropout = dropout
    self.graph = graph
    characters = CharacterCNN(graph.characters)
    shapes = Embedding(graph.shapes)
    lstms = graph.lstms.map { BiLSTM($0) }
    let classifier = Linear(weight: graph.classifierWeight, bias: graph.classifierBias)
    self.classifier = classifier
    head = graph.hidden.map {
      FeedForward(
        intermediate: Linear(weight: $0.weight, bias: $0.bias), output: classifier,
        activation: .relu)
    }
    crf = graph.crf.map { CRF($0, labels: configuration.labels) }
  }

  /// The number of words that are read.
  public func cost(of input: StudentInput) -> Int {
    input.texts(for: configuration.task).reduce(0) { $0 + $1.count }
  }

  /// The number of words, or one row of a text or a pair.
  public func rowCount(of input: StudentInput) -> Int {
    configuration.task.labelsWords ? input.wordCount : 1
  }

  /// The windows in which the finished tagger reads a sentence, too; a text or a pair is read at one time.
  public func windows(of input: StudentInput) -> [InputWindow<StudentInput>] {
    guard configuration.task.labelsWords, input.wordCount > SentenceWindows.longest else {
      let rows = 0..<rowCount(of: input)
      return [InputWindow(input: input, read: rows, kept: rows)]
    }
    return SentenceWindows(wordCount: input.wordCount).map { window in
      InputWindow(input: input.words(window.read), read: window.read, kept: window.kept)
    }
  }

  /// That of whole sequences under a CRF, of each row without one.
  public func loss(
    _ objective: LogitObjective, parameters: UnsafeMutablePointer<Float>
  ) -> any ExampleLoss {
    crf.map { CRFLoss($0, objective: objective, parameters: parameters) } ?? RowLoss(objective)
  }

  /// The most probable sequence under a CRF, without one the largest logit of each row.
  public func decoder(
    _ parameters: UnsafeMutablePointer<Float>
  ) -> @Sendable (_ logits: Matrix) -> [Int] {
    guard let chain = crf?.chain(parameters) else {
      return { logits in (0..<logits.rows).map { logits.largestColumn(ofRow: $0) } }
    }
    return { chain.bestLabels($0.base, words: $0.rows) }
  }

  /// The parameters without the embedding tables.
  public var encoderParameterCount: Int { graph.encoderParameterCount }
}

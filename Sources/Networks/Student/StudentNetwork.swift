import Kernels
import Layers
import Tagger

/// The BiLSTM student: words from the teacher's pieces, their characters and their shape, one BiLSTM, one linear layer.
///
/// With U word types in a batch of N words (DESIGN: after Tang and others 2019, from sentences to tokens):
///
///     (1) t_u = mean of piece[p] over u's pieces p | CharacterCNN(u's characters) | shape[s_u]      [U, I]
///     (2) X   = dropout(t of each word)               [N, I]
///     (3) Y   = dropout(BiLSTM(X))                    [N, 2H]
///     (4) Z   = Y Wc^T + bc                           [N, L]
///
/// Each word type is computed once a batch, however often it occurs. The LSTM's tensors have PyTorch's names behind the
/// prefix `lstm.`.
public struct StudentNetwork: TokenClassifier {
  /// The sizes and labels.
  public let configuration: StudentConfiguration
  /// The probability of dropout on the LSTM's input and output while training.
  public var dropout: Float
  /// Where each parameter lies; the piece table comes first.
  public let layout: ParameterLayout
  let pieces: Embedding
  let characters: CharacterCNN
  let shapes: Embedding
  let lstm: BiLSTM
  let classifier: Linear

  /// The piece table, [V, D].
  public var pieceEmbeddings: ParameterSlice { pieces.weight }
  /// The piece table.
  public var sparseTables: [ParameterSlice] { [pieces.weight] }
  /// The label names.
  public var labels: [String] { configuration.labels }

  /// Lays out a network; its configuration must name at least one label.
  public init(_ configuration: StudentConfiguration, dropout: Float = 0.3) {
    precondition(!configuration.labels.isEmpty, "a classifier needs labels")
    precondition(dropout >= 0 && dropout < 1, "dropout \(dropout)")
    self.configuration = configuration
    self.dropout = dropout
    var layout = ParameterLayout()
    pieces = Embedding(
      into: &layout, name: "piece_embeddings", size: configuration.pieceCount,
      dimension: configuration.pieceDimension)
    characters = CharacterCNN(
      into: &layout, characters: configuration.characterCount,
      dimension: configuration.characterDimension, filters: configuration.filters)
    shapes = Embedding(
      into: &layout, name: "shape_embeddings", size: WordShape.allCases.count,
      dimension: configuration.shapeDimension)
    lstm = BiLSTM(
      into: &layout, prefix: "lstm.", inputs: configuration.wordDimension,
      hidden: configuration.hidden)
    classifier = Linear(
      into: &layout, name: "classifier", inputs: 2 * configuration.hidden,
      outputs: configuration.labels.count)
    self.layout = layout
  }

  /// The number of words.
  public func cost(of input: StudentInput) -> Int { input.wordCount }

  /// The number of words.
  public func wordCount(of input: StudentInput) -> Int { input.wordCount }

  /// The parameters without the three embedding tables.
  public var encoderParameterCount: Int {
    layout.count - pieces.weight.count - characters.embeddings.count - shapes.weight.count
  }
}

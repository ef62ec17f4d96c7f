import Kernels
import Layers
import Tagger

/// The BiLSTM student: words from the teacher's pieces, their characters and their shape, one or two BiLSTMs, one linear layer.
///
/// With U word types in a batch of N words (DESIGN: after Tang and others 2019, from sentences to tokens):
///
///     (1) t_u = mean of piece[p] over u's pieces p | CharacterCNN(u's characters) | shape[s_u]      [U, I]
///     (2) X   = dropout(t of each word)               [N, I]
///     (3) Y   = dropout(BiLSTM(X))                    [N, 2H], a second time on Y where there are two layers
///     (4) Z   = Y Wc^T + bc                           [N, L]
///
/// With word vectors, step 1 has in place of the mean the two channels of Kim 2014, which Tang and others use too:
///
///     frozen[w_u] | tuned[w_u]     w_u not tuned: frozen[w_u] twice; u without a vector, or [MASK]: 0 | a tuned row
///
/// Each word type is computed once a batch, however often it occurs. The LSTM's tensors have PyTorch's names behind the
/// prefix `lstm.`. A CRF, where there is one, takes Z as its emissions; its scores are the last tensors.
public struct StudentNetwork: TokenClassifier {
  /// The sizes and labels.
  public let configuration: StudentConfiguration
  /// The probability of dropout on the LSTM's input and output while training.
  public var dropout: Float
  /// Where each parameter lies; the table of pieces or of tuned vectors comes first.
  public let layout: ParameterLayout
  /// The frozen word vectors, [W, D]; nil for a student of pieces.
  public let frozenVectors: FloatBuffer?
  let lexicon: Embedding
  let characters: CharacterCNN
  let shapes: Embedding
  /// The BiLSTMs from the bottom up.
  let lstms: [BiLSTM]
  let classifier: Linear
  /// The CRF on the logits, where there is one.
  public let crf: CRF?

  /// The table of the words themselves: of pieces, or of tuned vectors.
  public var lexicalTable: ParameterSlice { lexicon.weight }
  /// The table of the words themselves.
  public var sparseTables: [ParameterSlice] { [lexicon.weight] }
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
    precondition(
      frozenVectors?.count == configuration.wordVectors.map { $0.count * $0.dimension },
      "\(frozenVectors?.count ?? 0) frozen numbers")
    self.frozenVectors = frozenVectors
    self.configuration = configuration
    self.dropout = dropout
    var layout = ParameterLayout()
    if let vectors = configuration.wordVectors {
      lexicon = Embedding(
        into: &layout, name: "tuned_vectors", size: vectors.tunedRows,
        dimension: vectors.dimension)
    } else {
      lexicon = Embedding(
        into: &layout, name: "piece_embeddings", size: configuration.pieceCount,
        dimension: configuration.pieceDimension)
    }
    characters = CharacterCNN(
      into: &layout, characters: configuration.characterCount,
      dimension: configuration.characterDimension, filters: configuration.filters)
    shapes = Embedding(
      into: &layout, name: "shape_embeddings", size: WordShape.allCases.count,
      dimension: configuration.shapeDimension)
    lstms = (0..<configuration.layers).map { layer in
      BiLSTM(
        into: &layout, prefix: "lstm.", layer: layer,
        inputs: layer == 0 ? configuration.wordDimension : 2 * configuration.hidden,
        hidden: configuration.hidden)
    }
    classifier = Linear(
      into: &layout, name: "classifier", inputs: 2 * configuration.hidden,
      outputs: configuration.labels.count)
    crf = configuration.hasCRF ? CRF(into: &layout, labels: configuration.labels) : nil
    self.layout = layout
  }

  /// The number of words.
  public func cost(of input: StudentInput) -> Int { input.wordCount }

  /// The number of words.
  public func wordCount(of input: StudentInput) -> Int { input.wordCount }

  /// The parameters without the embedding tables.
  public var encoderParameterCount: Int {
    layout.count - lexicon.weight.count - characters.embeddings.count - shapes.weight.count
  }
}

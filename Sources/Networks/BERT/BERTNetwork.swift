import Kernels
import Layers
import ModelFiles

/// BERT with a token-classification head, on packed rows.
///
/// Devlin and others 2019:
///
///     (1) E = word[id] + position[t] + type[0]        (2) X0 = dropout(LayerNorm(E))
///     (3) Xl = layer l (X(l-1))                       (4) Z = dropout(X[first pieces]) Wc^T + bc
///
/// The head is computed for the first piece of each word only. Parameters carry the names of
/// `BertForTokenClassification`.
public struct BERTNetwork: TokenClassifier {
  /// The sizes and labels.
  public let configuration: ModelConfiguration
  /// Where each parameter lies; the word embeddings come first.
  public let layout: ParameterLayout
  let wordEmbeddings: Embedding
  let positionEmbeddings: Embedding
  let typeEmbeddings: Embedding
  let embeddingNorm: LayerNorm
  let layers: [TransformerLayer]
  let classifier: Linear

  /// The word embeddings.
  public var sparseTables: [ParameterSlice] { [wordEmbeddings.weight] }
  /// The label names.
  public var labels: [String] { configuration.labels }
  /// The word-embedding table, [V, H].
  public var wordEmbeddingTable: ParameterSlice { wordEmbeddings.weight }

  /// Lays out a network; its configuration must name at least one label.
  public init(_ configuration: ModelConfiguration) {
    precondition(!configuration.labels.isEmpty, "a classifier needs labels")
    self.configuration = configuration
    let hidden = configuration.hiddenSize
    let epsilon = Float(configuration.layerNormEpsilon)
    var layout = ParameterLayout()
    func table(_ name: String, _ size: Int) -> Embedding {
      Embedding(into: &layout, name: "bert.embeddings.\(name)", size: size, dimension: hidden)
    }
    wordEmbeddings = table("word_embeddings", configuration.vocabularySize)
    positionEmbeddings = table("position_embeddings", configuration.maximumPositions)
    typeEmbeddings = table("token_type_embeddings", configuration.typeVocabularySize)
    embeddingNorm = LayerNorm(
      into: &layout, name: "bert.embeddings.LayerNorm", size: hidden, epsilon: epsilon)
    layers = (0..<configuration.layerCount).map { index in
      TransformerLayer(
        into: &layout, name: "bert.encoder.layer.\(index)", hidden: hidden,
        heads: configuration.headCount, intermediate: configuration.intermediateSize,
        epsilon: epsilon)
    }
    classifier = Linear(
      into: &layout, name: "classifier", inputs: hidden, outputs: configuration.labels.count)
    self.layout = layout
  }

  /// The number of pieces.
  public func cost(of input: BERTInput) -> Int { input.ids.count }

  /// The number of words.
  public func wordCount(of input: BERTInput) -> Int { input.firstPieces.count }

  /// The parameters without the three embedding tables.
  public var encoderParameterCount: Int {
    layout.count - wordEmbeddings.weight.count - positionEmbeddings.weight.count
      - typeEmbeddings.weight.count
  }
}

import Kernels
import Layers
import ModelFiles

/// BERT, DistilBERT or MPNet with a classifier of words or of texts, on packed rows.
///
/// Devlin and others 2019:
///
///     (1) E = word[id] + position[t] + type[0]        (2) X0 = dropout(LayerNorm(E))
///     (3) Xl = layer l (X(l-1))                       (4) Z = dropout(X[first pieces]) Wc^T + bc
///
/// A classifier of texts has a further layer before (4), Y = f(X[first pieces] Wp^T + bp), and Y in place of X there; each text
/// has one first piece, `[CLS]`. MPNet has dropout before that layer, too.
///
/// DistilBERT and MPNet have no token types; MPNet counts positions from 2 on and adds one relative position bias to the
/// attention scores of all layers. The head is computed for first pieces only. Parameters carry the names of transformers'
/// `...ForTokenClassification` or `...ForSequenceClassification`.
public struct BERTNetwork: Classifier {
  /// The sizes and labels.
  public let configuration: ModelConfiguration
  /// Where each parameter lies; the word embeddings come first.
  public let layout: ParameterLayout
  let wordEmbeddings: Embedding
  let positionEmbeddings: Embedding
  /// Nil for an architecture without token types.
  let typeEmbeddings: Embedding?
  let embeddingNorm: LayerNorm
  /// MPNet's; nil for the others.
  let relativeBias: RelativePositionBias?
  let layers: [TransformerLayer]
  /// The layer before the classifier of texts; nil for a tagger.
  let pooler: Pooler?
  let classifier: Linear

  /// The word embeddings.
  public var sparseTables: [ParameterSlice] { [wordEmbeddings.weight] }
  /// The label names.
  public var labels: [String] { configuration.labels }
  /// The word-embedding table, [V, H].
  public var wordEmbeddingTable: ParameterSlice { wordEmbeddings.weight }

  /// Lays out a network with the head that its configuration names, a tagger where it names none; there must be a label.
  public init(_ configuration: ModelConfiguration) {
    precondition(!configuration.labels.isEmpty, "a classifier needs labels")
    self.configuration = configuration
    let hidden = configuration.hiddenSize
    let epsilon = Float(configuration.layerNormEpsilon)
    let names = configuration.architecture.tensors
    var layout = ParameterLayout()
    func table(_ name: String, _ size: Int) -> Embedding {
      Embedding(
        into: &layout, name: "\(names.prefix)embeddings.\(name)", size: size, dimension: hidden)
    }
    wordEmbeddings = table("word_embeddings", configuration.vocabularySize)
    positionEmbeddings = table("position_embeddings", configuration.maximumPositions)
    typeEmbeddings =
      configuration.architecture.hasTokenTypes
      ? table("token_type_embeddings", configuration.typeVocabularySize) : nil
    embeddingNorm = LayerNorm(
      into: &layout, name: "\(names.prefix)embeddings.LayerNorm", size: hidden, epsilon: epsilon)
    relativeBias =
      configuration.architecture.hasRelativePositions
      ? RelativePositionBias(
        into: &layout, name: "\(names.prefix)encoder.relative_attention_bias",
        heads: configuration.headCount) : nil
    layers = (0..<configuration.layerCount).map { index in
      TransformerLayer(
        into: &layout, name: "\(names.layers).\(index)", hidden: hidden,
        heads: configuration.headCount, intermediate: configuration.intermediateSize,
        epsilon: epsilon, activation: Activation(configuration.activation), names: names.layer)
    }
    let head = configuration.head == .sequence ? configuration.architecture.sequenceHead : nil
    pooler = head.map {
      Pooler(
        into: &layout, name: $0.dense, size: hidden, activation: Activation($0.activation))
    }
    classifier = Linear(
      into: &layout, name: head?.output ?? "classifier", inputs: hidden,
      outputs: configuration.labels.count)
    self.layout = layout
  }

  /// The number of pieces.
  public func cost(of input: BERTInput) -> Int { input.ids.count }

  /// The number of words, or 1 for a text or pair that is labelled as a whole.
  public func rowCount(of input: BERTInput) -> Int { input.firstPieces.count }

  /// The windows of a sentence, between which no attention passes.
  public func windows(of input: BERTInput) -> [InputWindow<BERTInput>] { input.windows }

  /// The number of pieces, and more for long windows, as attention keeps a number for each pair of pieces and head.
  ///
  /// In a layer with 12 heads and a width of 384 the pairs of 256 pieces take about as much as the rest of a row.
  public func trainingCost(of input: BERTInput) -> Int {
    input.windowLengths.reduce(0) { $0 + $1 + $1 * $1 / 256 }
  }

  /// The parameters without the embedding tables.
  public var encoderParameterCount: Int {
    layout.count - wordEmbeddings.weight.count - positionEmbeddings.weight.count
      - (typeEmbeddings?.weight.count ?? 0)
  }
}

extension Activation {
  /// The activation that config.json names.
  init(_ name: ModelConfiguration.Activation) {
    switch name {
    case .gelu: self = .gelu
    case .geluNew: self = .geluTanh
    case .relu: self = .relu
    }
  }

  /// The activation of a classifier of texts.
  init(_ activation: Architecture.SequenceHead.Activation) {
    switch activation {
    case .tanh: self = .tanh
    case .relu: self = .relu
    }
  }
}

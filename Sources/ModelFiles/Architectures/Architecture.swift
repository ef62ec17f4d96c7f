import Kernels

/// A family of encoders that can be loaded: everything in which its files and its network differ from BERT's.
///
/// Each is a file of this folder. A new one is added by such a file and its entry in `allCases`; nothing else asks which
/// architecture a model has.
public struct Architecture: RawRepresentable, CaseIterable, Sendable, Hashable {
  /// The architectures, in the order of messages.
  public static let allCases: [Architecture] = [.bert, .distilbert, .mpnet]

  /// `model_type` in config.json.
  public let rawValue: String
  /// The name as people write it.
  public let title: String
  /// What transformers' classes begin with, such as `Bert` in `BertForTokenClassification`.
  let classPrefix: String
  /// The keys of config.json.
  let keys: Keys
  /// What config.json means where it leaves a key out, as far as that differs from BERT.
  let defaults: Defaults
  /// What its tensors are called.
  public let tensors: Tensors
  /// Whether each piece has a token type, whose embedding is added.
  public let hasTokenTypes: Bool
  /// Whether all layers add one relative position bias to their attention scores.
  public let hasRelativePositions: Bool
  /// The head that labels a text as a whole.
  public let sequenceHead: SequenceHead
  /// The special pieces, where no file of the tokenizer names them.
  let specialPieces: SpecialPieces

  /// The architecture of a `model_type`; nil for one that is not supported.
  public init?(rawValue: String) {
    guard let known = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = known
  }

  init(
    _ rawValue: String, title: String, classPrefix: String, keys: Keys = Keys(),
    defaults: Defaults = Defaults(), tensors: Tensors, hasTokenTypes: Bool = false,
    hasRelativePositions: Bool = false, sequenceHead: SequenceHead,
    specialPieces: SpecialPieces = SpecialPieces()
  ) {
    self.rawValue = rawValue
    self.title = title
    self.classPrefix = classPrefix
    self.keys = keys
    self.defaults = defaults
    self.tensors = tensors
    self.hasTokenTypes = hasTokenTypes
    self.hasRelativePositions = hasRelativePositions
    self.sequenceHead = sequenceHead
    self.specialPieces = specialPieces
  }

  /// Whether two are the same.
  public static func == (left: Architecture, right: Architecture) -> Bool {
    left.rawValue == right.rawValue
  }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}

extension Architecture {
  /// The keys of config.json; BERT's unless an architecture has others.
  struct Keys: Sendable {
    var hiddenSize = "hidden_size"
    var layerCount = "num_hidden_layers"
    var headCount = "num_attention_heads"
    var intermediateSize = "intermediate_size"
    var activation = "hidden_act"
    var hiddenDropout = "hidden_dropout_prob"
    var attentionDropout = "attention_probs_dropout_prob"
    /// What layer normalisation adds to the variance; nil where it is always the default.
    var layerNormEpsilon: String? = "layer_norm_eps"
  }

  /// The values of keys that config.json leaves out; BERT's unless an architecture has others.
  struct Defaults: Sendable {
    var vocabularySize = 30_522
    var layerCount = 12
    var paddingID = 0
    /// The row of the position table for the first piece.
    var firstPosition = 0
    /// Keys that may have only one value, as transformers computes with it whatever stands there.
    var fixedIntegers: [String: Int] = [:]
  }

  /// What tensors are called.
  public struct Tensors: Sendable {
    /// What stands in front of all names but the classifier's, for example `bert.`; files may leave it out.
    public let prefix: String
    /// The name of the list of layers, for example `bert.encoder.layer`.
    public let layers: String
    /// The names in a layer.
    public let layer: TransformerNames

    /// Whether a tensor is the weight or the bias of a layer normalisation.
    public static func isNormalization(_ name: String) -> Bool {
      name.contains("LayerNorm.") || name.contains("layer_norm.")
    }
  }

  /// The names of the special pieces.
  struct SpecialPieces: Sendable {
    var unknown = "[UNK]"
    var cls = "[CLS]"
    var sep = "[SEP]"
    var pad = "[PAD]"
    var mask = "[MASK]"
    /// The separators between the two texts of a pair.
    var separatorsInPair = 1
  }
}

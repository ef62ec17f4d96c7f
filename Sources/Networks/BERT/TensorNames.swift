import Layers
import ModelFiles

/// What an architecture calls its tensors.
struct TensorNames {
  /// What stands in front of all names but the classifier's, for example `bert.`; files may leave it out.
  let prefix: String
  /// The name of the list of layers, for example `bert.encoder.layer`.
  let layers: String
  /// The names in a layer.
  let layer: TransformerNames

  init(_ modelType: ModelConfiguration.ModelType) {
    switch modelType {
    case .bert:
      self.init(prefix: "bert.", layers: "bert.encoder.layer", layer: .bert)
    case .distilbert:
      self.init(prefix: "distilbert.", layers: "distilbert.transformer.layer", layer: .distilBERT)
    case .mpnet:
      self.init(prefix: "mpnet.", layers: "mpnet.encoder.layer", layer: .mpnet)
    }
  }

  private init(prefix: String, layers: String, layer: TransformerNames) {
    self.prefix = prefix
    self.layers = layers
    self.layer = layer
  }

  /// Whether a tensor is the weight or the bias of a layer normalisation.
  static func isNormalization(_ name: String) -> Bool {
    name.contains("LayerNorm.") || name.contains("layer_norm.")
  }
}

import Kernels

extension Architecture {
  /// BERT (Devlin and others 2019).
  public static let bert = Architecture(
    "bert", title: "BERT", classPrefix: "Bert",
    tensors: Tensors(prefix: "bert.", layers: "bert.encoder.layer", layer: .bert),
    hasTokenTypes: true,
    sequenceHead: SequenceHead(dense: "bert.pooler.dense", activation: .tanh))
}

import Kernels

extension Architecture {
  /// Devlin et al. 2019.
  public static let bert = Architecture(
    "bert", title: "BERT", classPrefix: "Bert",
    tensors: Tensors(prefix: "bert.", layers: "bert.encoder.layer", layer: .bert),
    hasTokenTypes: true)
}

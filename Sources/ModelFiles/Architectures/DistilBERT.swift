import Kernels

extension Architecture {
  /// DistilBERT, which is BERT without token types (Sanh and others 2019).
  public static let distilbert = Architecture(
    "distilbert", title: "DistilBERT", classPrefix: "DistilBert",
    keys: Keys(
      hiddenSize: "dim", layerCount: "n_layers", headCount: "n_heads",
      intermediateSize: "hidden_dim", activation: "activation", hiddenDropout: "dropout",
      attentionDropout: "attention_dropout", layerNormEpsilon: nil),
    defaults: Defaults(layerCount: 6),
    tensors: Tensors(
      prefix: "distilbert.", layers: "distilbert.transformer.layer",
      layer: TransformerNames(
        query: "attention.q_lin", key: "attention.k_lin", value: "attention.v_lin",
        attentionOutput: "attention.out_lin", attentionNorm: "sa_layer_norm",
        intermediate: "ffn.lin1", output: "ffn.lin2", outputNorm: "output_layer_norm")),
    sequenceHead: SequenceHead(
      dense: "pre_classifier", activation: .relu, dropout: (key: "seq_classif_dropout", rate: 0.2)))
}

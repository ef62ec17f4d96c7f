/// What a family of models calls the tensors of a transformer layer, behind the layer's own name.
public struct TransformerNames: Sendable {
  let query: String
  let key: String
  let value: String
  let attentionOutput: String
  let attentionNorm: String
  let intermediate: String
  let output: String
  let outputNorm: String

  /// BERT's names.
  public static let bert = TransformerNames(
    query: "attention.self.query", key: "attention.self.key", value: "attention.self.value",
    attentionOutput: "attention.output.dense", attentionNorm: "attention.output.LayerNorm",
    intermediate: "intermediate.dense", output: "output.dense", outputNorm: "output.LayerNorm")

  /// DistilBERT's names.
  public static let distilBERT = TransformerNames(
    query: "attention.q_lin", key: "attention.k_lin", value: "attention.v_lin",
    attentionOutput: "attention.out_lin", attentionNorm: "sa_layer_norm", intermediate: "ffn.lin1",
    output: "ffn.lin2", outputNorm: "output_layer_norm")

  /// MPNet's names.
  public static let mpnet = TransformerNames(
    query: "attention.attn.q", key: "attention.attn.k", value: "attention.attn.v",
    attentionOutput: "attention.attn.o", attentionNorm: "attention.LayerNorm",
    intermediate: "intermediate.dense", output: "output.dense", outputNorm: "output.LayerNorm")
}

/// What an architecture calls the tensors of a transformer layer, without the layer's own name in front.
public struct TransformerNames: Sendable {
  /// The projection to queries.
  public let query: String
  /// The projection to keys.
  public let key: String
  /// The projection to values.
  public let value: String
  /// The linear layer after attention.
  public let attentionOutput: String
  /// The normalisation after attention.
  public let attentionNorm: String
  /// The first linear layer of the feed-forward part.
  public let intermediate: String
  /// The second linear layer of the feed-forward part.
  public let output: String
  /// The normalisation after the feed-forward part.
  public let outputNorm: String

  /// Names all tensors.
  public init(
    query: String, key: String, value: String, attentionOutput: String, attentionNorm: String,
    intermediate: String, output: String, outputNorm: String
  ) {
    self.query = query
    self.key = key
    self.value = value
    self.attentionOutput = attentionOutput
    self.attentionNorm = attentionNorm
    self.intermediate = intermediate
    self.output = output
    self.outputNorm = outputNorm
  }

  /// BERT's names.
  public static let bert = TransformerNames(
    query: "attention.self.query", key: "attention.self.key", value: "attention.self.value",
    attentionOutput: "attention.output.dense", attentionNorm: "attention.output.LayerNorm",
    intermediate: "intermediate.dense", output: "output.dense", outputNorm: "output.LayerNorm")
}

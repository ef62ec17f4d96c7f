/// The keys of `config.json` that go by other names in DistilBERT's.
struct ConfigurationKeys {
  let hiddenSize: String
  let layerCount: String
  let headCount: String
  let intermediateSize: String
  let activation: String
  let hiddenDropout: String
  let attentionDropout: String

  init(_ modelType: ModelConfiguration.ModelType) {
    let isDistilBERT = modelType == .distilbert
    hiddenSize = isDistilBERT ? "dim" : "hidden_size"
    layerCount = isDistilBERT ? "n_layers" : "num_hidden_layers"
    headCount = isDistilBERT ? "n_heads" : "num_attention_heads"
    intermediateSize = isDistilBERT ? "hidden_dim" : "intermediate_size"
    activation = isDistilBERT ? "activation" : "hidden_act"
    hiddenDropout = isDistilBERT ? "dropout" : "hidden_dropout_prob"
    attentionDropout = isDistilBERT ? "attention_dropout" : "attention_probs_dropout_prob"
  }
}

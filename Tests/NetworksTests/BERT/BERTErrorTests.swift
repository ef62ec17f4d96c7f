import ModelFiles
import Networks
import Testing

/// What is said of a directory that cannot be read.
@Suite struct BERTErrorTests {
  @Test func aMissingTensor() throws {
    let name = "bert.encoder.layer.1.attention.self.key.bias"
    let path = try TinyDirectory(.init(missing: name)).path
    #expect(
      message { try BERTModel(path: path) }
        == "\(path)/model.safetensors: no tensor \"\(name)\" among 86 tensors; expected a model "
        + "that has it; are config.json and the weights of one model?")
  }

  @Test func aTensorOfAnotherShape() throws {
    let name = "bert.embeddings.position_embeddings.weight"
    let path = try TinyDirectory(.init(misshapen: name)).path
    #expect(
      message { try BERTModel(path: path) }
        == "\(path)/model.safetensors: tensor \"\(name)\" has the shape [7, 8]; expected [6, 8]; "
        + "are config.json and the weights of one model?")
  }

  @Test func aNumberThatIsNone() throws {
    let name = "bert.encoder.layer.4.output.dense.weight"
    let path = try TinyDirectory(.init(notANumber: name)).path
    #expect(
      message { try BERTModel(path: path) }
        == "\(path)/model.safetensors: a number that is not finite in \(name); "
        + "expected finite weights; fetch or train the model again")
  }

  @Test func noClassifierAndNoLabels() throws {
    let directory = try TinyDirectory(
      .init(configure: {
        $0.architectures = ["BertModel"]
        $0.labels = []
      }))
    #expect(
      message { try BERTModel(path: directory.path) }
        == "\(directory.path)/config.json: a model without a token-classification head; "
        + "expected a tagger with id2label; fine-tune it first: distill-bilstm finetune --teacher "
        + directory.path)
  }

  @Test func aMissingTensorInShards() throws {
    let name = "mpnet.encoder.relative_attention_bias.weight"
    let path = try TinyDirectory(.init(architecture: .mpnet, missing: name, isSharded: true)).path
    #expect(
      message { try BERTModel(path: path) }
        == "\(path)/model.safetensors.index.json: no tensor \"\(name)\" among 86 tensors; "
        + "expected a model that has it; are config.json and the weights of one model?")
  }

  @Test func moreWordPiecesThanRows() throws {
    let path = try TinyDirectory(.init(words: ["a", "b", "c", "d", "e", "f"])).path
    #expect(
      message { try BERTModel(path: path) }
        == "\(path)/vocab.txt: 11 pieces; expected at most the model's 10; "
        + "take the vocabulary that belongs to the model")
  }

  @Test(arguments: [
    ("hidden_dropout_prob", \ModelConfiguration.hiddenDropout),
    ("attention_probs_dropout_prob", \.attentionDropout),
  ])
  func aDropoutThatLeavesNothing(
    _ key: String, _ field: WritableKeyPath<ModelConfiguration, Double> & Sendable
  ) throws {
    let path = try TinyDirectory(.init(configure: { $0[keyPath: field] = 1 })).path
    #expect(
      message { try BERTModel(path: path) }
        == "\(path)/config.json: \(key) 1.0; expected a rate below 1, so that something is left")
  }

  @Test func aClassifierDropoutThatLeavesNothing() throws {
    let path = try TinyDirectory(.init(configure: { $0.classifierDropout = 1 })).path
    #expect(
      message { try BERTModel(path: path) }
        == "\(path)/config.json: classifier_dropout 1.0; "
        + "expected a rate below 1, so that something is left")
  }
}

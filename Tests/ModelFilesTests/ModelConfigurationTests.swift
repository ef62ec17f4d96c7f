import Files
import JSON
import ModelFiles
import TestSupport
import Testing

/// A configuration made from a JSON text.
private func configuration(_ text: String) throws -> ModelConfiguration {
  try ModelConfiguration(JSONValue.parse(text, file: "config.json"), file: "config.json")
}

@Suite struct ModelConfigurationTests {
  @Test func readsEveryField() throws {
    let found = try ModelConfiguration(path: modelFixture("bert-tagger-config.json"))
    #expect(found.architecture == .bert && found.architectures == ["BertForTokenClassification"])
    #expect(found.isTokenClassifier)
    #expect(found.vocabularySize == 1000 && found.hiddenSize == 48 && found.layerCount == 3)
    #expect(found.headCount == 4 && found.intermediateSize == 96 && found.activation == .geluNew)
    #expect(found.maximumPositions == 64 && found.typeVocabularySize == 1)
    #expect(found.layerNormEpsilon == 1e-7 && found.hiddenDropout == 0.25)
    #expect(found.attentionDropout == 0.05 && found.classifierDropout == 0.5)
    #expect(found.paddingID == 3 && found.initializerRange == 0.02)
    #expect(
      found.labels == [
        "O", "B-LOC", "I-LOC", "B-MISC", "I-MISC", "B-ORG", "I-ORG", "B-PER", "I-PER", "B-X",
        "I-X", "B-Y",
      ])
  }

  @Test func hasTheDefaultsOfTransformers() throws {
    let written = try ModelConfiguration(path: modelFixture("bert-defaults-config.json"))
    var defaults = ModelConfiguration()
    defaults.architectures = ["BertForTokenClassification"]
    defaults.labels = ["LABEL_0", "LABEL_1"]
    let text = "{\"model_type\":\"bert\",\"architectures\":[\"BertForTokenClassification\"]}"
    // Nothing but the keys that are not ours may differ.
    let keys = try #require(try configuration(text).json.object?.keys)
    for key in keys {
      #expect(written.json[key] == defaults.json[key], "\(key)")
      #expect(try configuration(text).json[key] == defaults.json[key], "\(key)")
    }
    #expect(try configuration("{\"model_type\":\"bert\"}").labels == [])
    #expect(
      try configuration("{\"model_type\":\"bert\",\"num_labels\":3}").labels
        == ["LABEL_0", "LABEL_1", "LABEL_2"])
  }

  @Test func readsDistilBERTsKeys() throws {
    let text = """
      {"activation": "gelu", "architectures": ["DistilBertModel"], "attention_dropout": 0.2, "dim": 24,
       "dropout": 0.3, "hidden_dim": 40, "max_position_embeddings": 20, "model_type": "distilbert",
       "n_heads": 3, "n_layers": 2, "vocab_size": 99, "type_vocab_size": 0}
      """
    let found = try configuration(text)
    #expect(found.architecture == .distilbert && found.hiddenSize == 24 && found.layerCount == 2)
    #expect(found.headCount == 3 && found.intermediateSize == 40 && found.vocabularySize == 99)
    #expect(found.hiddenDropout == 0.3 && found.attentionDropout == 0.2)
    #expect(found.longestInput == 20 && found.classifierDropout == nil)
    let json = found.json
    for key in ["hidden_size", "num_hidden_layers", "layer_norm_eps", "classifier_dropout"] {
      #expect(json[key] == nil, "\(key)")
    }
    #expect(json["dim"] == 24 && json["n_layers"] == 2 && json["hidden_dim"] == 40)
    #expect(json["dropout"] == 0.3 && json["attention_dropout"] == 0.2)
    #expect(try configuration(json.text()).json == json)
    #expect(try configuration(#"{"model_type":"distilbert"}"#).layerCount == 6)
  }

  @Test func readsMPNetsKeys() throws {
    let text = """
      {"model_type": "mpnet", "max_position_embeddings": 514, "pad_token_id": 1,
       "relative_attention_num_buckets": 32, "layer_norm_eps": 1e-05}
      """
    let found = try configuration(text)
    #expect(found.longestInput == 512 && found.firstPosition == 2 && found.paddingID == 1)
    #expect(found.vocabularySize == 30_527 && found.layerNormEpsilon == 1e-5)
    let json = found.json
    #expect(json["type_vocab_size"] == nil && json["relative_attention_num_buckets"] == 32)
    #expect(try configuration(#"{"model_type":"mpnet"}"#).json["pad_token_id"] == 1)
  }

  @Test func honoursLabelsByIndexNotByOrder() throws {
    let found = try configuration(
      #"{"model_type":"bert","id2label":{"2":"I-PER","0":"O","1":"B-PER"},"#
        + #""label2id":{"I-PER":2,"O":0,"B-PER":1},"num_labels":3}"#)
    #expect(found.labels == ["O", "B-PER", "I-PER"])
    #expect(try configuration(#"{"model_type":"bert","id2label":{}}"#).labels == [])
  }

  @Test(arguments: ["bert-tagger-config.json", "bert-defaults-config.json"])
  func writesWhatItRead(_ name: String) throws {
    try withScratchFolder { folder in
      let source = try JSONValue.read(path: modelFixture(name))
      let read = try ModelConfiguration(path: modelFixture(name))
      try read.write(to: "\(folder)/config.json")
      let written = try JSONValue.read(path: "\(folder)/config.json")
      for (key, value) in try #require(source.object) where key != "label2id" {
        #expect(written[key] == value, "\(key)")
      }
      for (label, index) in source["label2id"]?.object ?? [:] {
        #expect(written["label2id"]?[label] == index)
      }
      #expect(written.object?.keys == written.object?.keys.sorted())
      let again = try ModelConfiguration(path: "\(folder)/config.json")
      #expect(again.labels == read.labels && again.json == read.json)
    }
  }

  @Test func writesTodaysValuesAndKeepsForeignKeys() throws {
    var found = try configuration(
      #"{"model_type":"bert","torch_dtype":"float16","dtype":"float16","foreign":[1],"#
        + #""num_labels":2,"pad_token_id":null}"#)
    found.labels = ["O", "B-PER", "I-PER"]
    found.layerCount = 3
    let json = found.json
    #expect(json["foreign"] == [1] && json["torch_dtype"] == nil && json["dtype"] == nil)
    #expect(json["num_labels"] == nil && json["num_hidden_layers"] == 3)
    #expect(json["pad_token_id"]?.isNull == true)
    #expect(json["id2label"] == ["0": "O", "1": "B-PER", "2": "I-PER"])
    #expect(json["label2id"] == ["O": 0, "B-PER": 1, "I-PER": 2])
  }

  @Test(arguments: [
    ("[]", "[]; expected a JSON object"),
    ("{}", "no model_type; expected one of \"bert\", \"distilbert\", \"mpnet\""),
    (
      #"{"model_type":"roberta"}"#,
      "model_type \"roberta\"; expected one of \"bert\", \"distilbert\", \"mpnet\"; "
        + "others are not supported"
    ),
    (
      #"{"model_type":7}"#,
      "model_type 7; expected one of \"bert\", \"distilbert\", \"mpnet\"; others are not supported"
    ),
    (
      #"{"model_type":"distilbert","n_heads":7}"#,
      "dim 768 with n_heads 7; expected a number of heads that divides dim"
    ),
    (
      #"{"model_type":"mpnet","max_position_embeddings":2}"#,
      "max_position_embeddings 2; expected a whole number from 3 to 1048576"
    ),
    (
      #"{"model_type":"mpnet","relative_attention_num_buckets":16}"#,
      "relative_attention_num_buckets other than 32; expected 32"
    ),
    (
      #"{"model_type":"bert","hidden_act":"swish"}"#,
      "hidden_act \"swish\"; expected one of \"gelu\", \"gelu_new\", \"relu\"; "
        + "others are not supported"
    ),
    (
      #"{"model_type":"bert","hidden_size":0}"#,
      "hidden_size 0; expected a whole number from 1 to 65536"
    ),
    (
      #"{"model_type":"bert","hidden_size":-768}"#,
      "hidden_size -768; expected a whole number from 1 to 65536"
    ),
    (
      #"{"model_type":"bert","hidden_size":768.0}"#,
      "hidden_size 768.0; expected a whole number from 1 to 65536"
    ),
    (
      #"{"model_type":"bert","hidden_size":"768"}"#,
      "hidden_size \"768\"; expected a whole number from 1 to 65536"
    ),
    (
      #"{"model_type":"bert","vocab_size":9223372036854775807}"#,
      "vocab_size 9223372036854775807; expected a whole number from 1 to 16777216"
    ),
    (
      #"{"model_type":"bert","num_attention_heads":7}"#,
      "hidden_size 768 with num_attention_heads 7; "
        + "expected a number of heads that divides hidden_size"
    ),
    (
      #"{"model_type":"bert","layer_norm_eps":-1}"#,
      "layer_norm_eps -1; expected a number from 0.0 to 1.0"
    ),
    (
      #"{"model_type":"bert","hidden_dropout_prob":1.5}"#,
      "hidden_dropout_prob 1.5; expected a number from 0.0 to 1.0"
    ),
    (
      #"{"model_type":"bert","pad_token_id":30522}"#,
      "pad_token_id 30522; expected a whole number from 0 to 30521"
    ),
    (
      #"{"model_type":"bert","position_embedding_type":"relative_key"}"#,
      "position_embedding_type \"relative_key\"; expected \"absolute\""
    ),
    (
      #"{"model_type":"bert","is_decoder":true}"#,
      "is_decoder true; expected an encoder; decoders are not supported"
    ),
    (
      #"{"model_type":"bert","architectures":"BertModel"}"#,
      "architectures \"BertModel\"; expected an array of strings"
    ),
    (
      #"{"model_type":"bert","id2label":{"0":"O","2":"B"}}"#,
      "the key \"2\" in id2label of 2 labels; expected \"0\" to \"1\""
    ),
    (
      #"{"model_type":"bert","id2label":{"0":"O","01":"B"}}"#,
      "the key \"01\" in id2label of 2 labels; expected \"0\" to \"1\""
    ),
    (
      #"{"model_type":"bert","id2label":{"-1":"O"}}"#,
      "the key \"-1\" in id2label of 1 labels; expected \"0\" to \"0\""
    ),
    (
      #"{"model_type":"bert","id2label":{"0":1}}"#, "id2label names label 0 1; expected a name"
    ),
    (
      #"{"model_type":"bert","id2label":{"0":""}}"#, "id2label names label 0 \"\"; expected a name"
    ),
    (
      #"{"model_type":"bert","id2label":["O"]}"#, "id2label [\"O\"]; expected an object"
    ),
    (
      #"{"model_type":"bert","id2label":{"0":"O","1":"O"}}"#,
      "id2label has the name \"O\" twice; expected each name once"
    ),
    (
      #"{"model_type":"bert","id2label":{"0":"O","1":"B"},"label2id":{"O":1,"B":0}}"#,
      "label2id has 1 for \"O\"; expected 0 as in id2label; correct it or delete label2id"
    ),
    (
      #"{"model_type":"bert","id2label":{"0":"O"},"label2id":{"LABEL_0":0}}"#,
      "label2id has 0 for \"LABEL_0\"; expected no such label as in id2label; "
        + "correct it or delete label2id"
    ),
    (
      #"{"model_type":"bert","id2label":{"0":"O","1":"B"},"label2id":{"O":0}}"#,
      "1 names in label2id beside 2 in id2label; expected the same names; "
        + "correct it or delete label2id"
    ),
    (
      #"{"model_type":"bert","id2label":{"0":"O"},"num_labels":2}"#,
      "num_labels 2 beside 1 names in id2label; expected the same number"
    ),
  ])
  func refuses(_ text: String, message: String) {
    let error = #expect(throws: DataError.self) { try configuration(text) }
    #expect(error?.description == "config.json: \(message)")
  }
}

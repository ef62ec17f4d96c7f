import Files
import JSON
import Labels
import ModelFiles
import TestSupport
import Testing

/// What a model directory says about its head: which one it has, and its labels.
@Suite struct ClassifierHeadTests {
  /// A directory with a config.json and tensors of one number.
  private func directory(
    _ text: String, tensors: [String] = ["classifier.weight"]
  ) throws -> HuggingFaceDirectory {
    let folder = temporaryPath("head")
    try Folders.create(folder)
    try put(Array(text.utf8), at: "\(folder)/config.json")
    try put(Array("[PAD]\n".utf8), at: "\(folder)/vocab.txt")
    let writer = try SafetensorsWriter(
      path: "\(folder)/model.safetensors",
      entries: tensors.map { SafetensorsWriter.Entry($0, shape: [1]) })
    for tensor in tensors {
      try [Float(1)].withUnsafeBufferPointer { try writer.write($0, to: tensor) }
    }
    try writer.commit()
    return try HuggingFaceDirectory(path: folder)
  }

  /// The message of the error that asking for labels throws; nil where it throws none.
  private func message(_ directory: HuggingFaceDirectory, _ task: TaskKind) -> String? {
    do {
      _ = try directory.labels(for: task)
      return nil
    } catch {
      return "\(error)"
    }
  }

  @Test func everyTaskHasItsHead() {
    #expect(TaskKind.allCases.map { ClassifierHead($0) } == [.token, .sequence, .sequence])
    #expect(Architecture.mpnet.className(.sequence) == "MPNetForSequenceClassification")
    #expect(Architecture.distilbert.className(.token) == "DistilBertForTokenClassification")
  }

  @Test(arguments: [
    (#"["BertForTokenClassification"]"#, ClassifierHead.token),
    (#"["BertForSequenceClassification"]"#, .sequence),
    (#"["BertModel", "BertForSequenceClassification"]"#, .sequence),
    (#"["BertForMaskedLM"]"#, nil), (#"["BertModel"]"#, nil),
  ])
  func theArchitectureNamesTheHead(_ architectures: String, _ head: ClassifierHead?) throws {
    let directory = try directory(#"{"model_type": "bert", "architectures": \#(architectures)}"#)
    #expect(directory.configuration.head == head)
    #expect(try directory.head() == head)
    #expect(try directory.isTagger() == (head == .token))
  }

  @Test(arguments: [
    ("bert", ["classifier.weight"], ClassifierHead.token),
    ("bert", ["classifier.weight", "bert.pooler.dense.weight"], .token),
    ("bert", ["pooler.dense.weight"], nil),
    ("distilbert", ["classifier.weight"], .token),
    ("distilbert", ["classifier.weight", "pre_classifier.weight"], .sequence),
    ("mpnet", ["classifier.weight"], .token),
    ("mpnet", ["classifier.dense.weight", "classifier.out_proj.weight"], .sequence),
    ("mpnet", ["mpnet.pooler.dense.weight"], nil),
  ])
  func withoutArchitecturesTheWeightsTell(
    _ type: String, _ tensors: [String], _ head: ClassifierHead?
  ) throws {
    let directory = try directory(#"{"model_type": "\#(type)"}"#, tensors: tensors)
    #expect(try directory.head() == head)
  }

  @Test func namesOfTextsAreFree() throws {
    let start = #"{"model_type": "bert", "architectures": ["BertForSequenceClassification"]"#
    let named =
      #", "id2label": {"1": "B-good", "0": "not so good", "2": "LABEL_7"}, "num_labels": 3}"#
    for task in [TaskKind.sentence, .pair] {
      #expect(
        try directory(start + named).labels(for: task) == ["not so good", "B-good", "LABEL_7"])
    }
    let single = #", "problem_type": "single_label_classification"}"#
    for text in [start + "}", start + #", "id2label": {}}"#, start + single] {
      #expect(try directory(text).labels(for: .pair) == ["LABEL_0", "LABEL_1"])
    }
  }

  @Test func aTaggersLabelsAreTags() throws {
    let start = #"{"model_type": "bert", "architectures": ["BertForTokenClassification"]"#
    let directory = try directory(start + #", "id2label": {"0": "O", "1": "PER"}}"#)
    #expect(try directory.labels(for: .tag) == directory.labels().names)
    #expect(try directory.labels(for: .tag) == ["O", "I-PER"])
  }

  @Test func aModelWithAnotherHeadIsRefused() throws {
    let start = #"{"model_type": "bert", "architectures": ["#
    let tagger = try directory(start + #""BertForTokenClassification"]}"#)
    #expect(
      message(tagger, .sentence)
        == "\(tagger.path)/config.json: a model without a sequence-classification head; expected a "
        + "classifier of texts with id2label; fine-tune it first: distill-bilstm finetune --teacher "
        + tagger.path)
    let classifier = try directory(start + #""BertForSequenceClassification"]}"#)
    #expect(
      message(classifier, .tag)
        == "\(classifier.path)/config.json: a model without a token-classification head; expected a "
        + "tagger with id2label; fine-tune it first: distill-bilstm finetune --teacher "
        + classifier.path)
  }

  @Test(arguments: [
    (#""problem_type": "regression""#, #"problem_type "regression""#),
    (
      #""problem_type": "multi_label_classification", "num_labels": 6"#,
      #"problem_type "multi_label_classification""#
    ),
    (#""problem_type": 1"#, "problem_type 1"),
    (#""num_labels": 1"#, "a single label, which is a regression"),
    (#""id2label": {"0": "LABEL_0"}"#, "a single label, which is a regression"),
  ])
  func whatDoesNotChooseOneLabelIsRefused(_ fields: String, _ found: String) throws {
    let directory = try directory(
      #"{"model_type": "bert", "architectures": ["BertForSequenceClassification"], \#(fields)}"#)
    #expect(
      message(directory, .pair)
        == "\(directory.path)/config.json: \(found); expected a classifier that chooses one of several "
        + "labels for each text; fine-tune it first: distill-bilstm finetune --teacher "
        + directory.path)
  }

  /// A regression's encoder serves a new classifier, whose file does not say regression any more.
  @Test(arguments: Architecture.allCases) func aNewClassifierIsWritten(
    _ architecture: Architecture
  ) throws {
    let text =
      #"{"model_type": "\#(architecture.rawValue)", "problem_type": "regression", "num_labels": 1, "#
      + #""seq_classif_dropout": 0.35, "foreign": [1]}"#
    var found = try ModelConfiguration(
      JSONValue.parse(text, file: "config.json"), file: "config.json")
    found.setClassifier(.sequence, labels: ["very bad", "LABEL_0"])
    let json = found.json
    #expect(json["architectures"] == [.string(architecture.className(.sequence))])
    #expect(json["id2label"] == ["0": "very bad", "1": "LABEL_0"])
    #expect(json["label2id"] == ["very bad": 0, "LABEL_0": 1])
    #expect(json["num_labels"] == nil && json["foreign"] == [1])
    #expect(json["problem_type"] == "single_label_classification")
    #expect(json["seq_classif_dropout"] == 0.35)
    let again = try ModelConfiguration(json, file: "config.json")
    #expect(again.json == json && again.labels == found.labels && again.head == .sequence)
    #expect(again.headDropout == (architecture == .distilbert ? 0.35 : 0.1))
    // A tagger's file stays as it was.
    found.setClassifier(.token, labels: ["O"])
    #expect(found.headDropout == 0.1)
  }

  @Test func distilBERTsHeadHasADropoutOfItsOwn() throws {
    let text =
      #"{"model_type": "distilbert", "architectures": ["DistilBertForSequenceClassification"]}"#
    let found = try ModelConfiguration(
      JSONValue.parse(text, file: "config.json"), file: "config.json")
    #expect(found.headDropout == 0.2 && found.json["seq_classif_dropout"] == 0.2)
    var tagger = found
    tagger.setClassifier(.token, labels: ["O"])
    #expect(tagger.headDropout == 0.1 && tagger.json["seq_classif_dropout"] == nil)
    let error = #expect(throws: DataError.self) {
      let wrong = #"{"model_type": "distilbert", "seq_classif_dropout": 2}"#
      return try ModelConfiguration(JSONValue.parse(wrong, file: "c"), file: "c")
    }
    #expect(error?.description == "c: seq_classif_dropout 2; expected a number from 0.0 to 1.0")
  }
}

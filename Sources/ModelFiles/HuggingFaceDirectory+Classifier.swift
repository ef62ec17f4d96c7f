import Files
import Labels

extension HuggingFaceDirectory {
  /// The model's head: the one that its architecture names, or, where none is named, the one whose classifier its weights have;
  /// nil for a model without one.
  ///
  /// The `classifier.weight` of a BERT without `architectures` is taken for a tagger's: both heads of BERT have a tensor of
  /// that name, and the pooler is part of many encoders.
  ///
  /// - Throws: `FileError` or `DataError` if the weights must be looked at and cannot be read.
  public func head() throws -> ClassifierHead? {
    guard configuration.architectures.isEmpty else { return configuration.head }
    let weights = try weights()
    let dense = configuration.architecture.sequenceHead.dense
    let isPartOfEncoder = dense.hasPrefix(configuration.architecture.tensors.prefix)
    if !isPartOfEncoder, weights.contains("\(dense).weight") { return .sequence }
    return weights.contains("classifier.weight") ? .token : nil
  }

  /// Whether it is a tagger; see `head`.
  ///
  /// - Throws: `FileError` or `DataError` if the weights must be looked at and cannot be read.
  public func isTagger() throws -> Bool { try head() == .token }

  /// The labels of a tagger, checked; plain types have become tags.
  ///
  /// - Throws: `FileError` or `DataError` for a model that is no tagger, and for labels that are no tags.
  public func labels() throws -> LabelSet {
    guard try isTagger() else {
      throw missingHead("a token-classification head", expected: "a tagger with id2label")
    }
    return try LabelSet(ofModel: labelNames, file: configurationPath)
  }

  /// The labels that the model gives the examples of a task: a tagger's as `labels` has them, those of a classifier of texts as
  /// they stand in the file.
  ///
  /// - Throws: `FileError` or `DataError` for a model without the head that the task needs, for a tagger's labels that are no
  ///   tags, and for a classifier of texts that does not choose one of several labels.
  public func labels(for task: TaskKind) throws -> [String] {
    guard ClassifierHead(task) == .sequence else { return try labels().names }
    guard try head() == .sequence else {
      throw missingHead(
        "a sequence-classification head", expected: "a classifier of texts with id2label")
    }
    if let problem = configuration.otherProblem {
      throw DataError(
        file: configurationPath, found: problem,
        expected: "a classifier that chooses one of several labels for each text",
        remedy: fineTuning)
    }
    return labelNames
  }

  /// The names in the file, or transformers' default.
  private var labelNames: [String] {
    configuration.labels.isEmpty ? ["LABEL_0", "LABEL_1"] : configuration.labels
  }

  private func missingHead(_ head: String, expected: String) -> DataError {
    DataError(
      file: configurationPath, found: "a model without \(head)", expected: expected,
      remedy: fineTuning)
  }

  private var fineTuning: String {
    "fine-tune it first: distill-bilstm finetune --teacher \(path)"
  }
}

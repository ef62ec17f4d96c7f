import Corpora
import Files
import Kernels
import Layers
import Networks
import Training

/// Trains a model on the original sentences, and, where a logit store is given, on the teacher's logits.
///
/// The same code fine-tunes a teacher, trains a truncated student and trains the BiLSTM student: the difference lies in the
/// network and in the data.
public struct ModelTraining: Sendable {
  /// What the model learns from.
  public struct Material: Sendable {
    /// The original sentences with gold tags.
    public var train: Corpus
    /// Further sentences, such as augmented ones.
    public var augmented: [Sentence]
    /// The teacher's logits of `train`, of `augmented`, and perhaps of more; nil for the tags alone.
    public var teacherLogits: LogitStore?
    /// Sentences to choose the best epoch by.
    public var dev: Corpus
    /// The labels, in the order of the logits.
    public var labels: LabelSet

    /// Collects what a model learns from.
    public init(
      train: Corpus, augmented: [Sentence] = [], teacherLogits: LogitStore? = nil, dev: Corpus,
      labels: LabelSet
    ) {
      self.train = train
      self.augmented = augmented
      self.teacherLogits = teacherLogits
      self.dev = dev
      self.labels = labels
    }
  }

  /// How the model is trained.
  public let settings: TrainingSettings
  /// The loss.
  public let objective: TokenObjective
  /// The threads.
  public let workers: Workers

  /// Plans a training.
  public init(settings: TrainingSettings, objective: TokenObjective, workers: Workers) {
    self.settings = settings
    self.objective = objective
    self.workers = workers
  }

  /// Trains a BERT in place.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - material: What it learns from.
  ///   - name: Its name for messages.
  ///   - checkpoint: Where the training is kept, and taken up if it was cut off; nil for nowhere.
  ///   - observe: Told what happens.
  /// - Returns: The training's figures.
  /// - Throws: `DataError` if the logits do not belong to the sentences; with a
  ///   checkpoint also `Interrupted` after SIGINT or SIGTERM, and `FileError` when it cannot be written.
  public func train(
    _ model: BERTModel, on material: Material, name: String, checkpoint: CheckpointFile? = nil,
    observe: PipelineObserver
  ) throws -> TrainingOutcome {
    let inputs =
      model.inputs(for: material.train.sentences) + model.inputs(for: material.augmented)
    let dev = model.inputs(for: material.dev.sentences)
    return try run(
      model.network, model.parameters, inputs, dev, material, name: name, checkpoint: checkpoint,
      observe: observe)
  }

  /// Trains a BiLSTM student in place.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - material: What it learns from.
  ///   - name: Its name for messages.
  ///   - checkpoint: Where the training is kept, and taken up if it was cut off; nil for nowhere.
  ///   - observe: Told what happens.
  /// - Returns: The training's figures.
  /// - Throws: `DataError` if the logits do not belong to the sentences; with a checkpoint also `Interrupted` after
  ///   SIGINT or SIGTERM, and `FileError` when it cannot be written.
  public func train(
    _ model: StudentModel, on material: Material, name: String, checkpoint: CheckpointFile? = nil,
    observe: PipelineObserver
  ) throws -> TrainingOutcome {
    let sentences = material.train.sentences + material.augmented
    return try run(
      model.network, model.parameters, model.inputs(for: sentences.map(\.words)),
      model.inputs(for: material.dev.sentences.map(\.words)), material, name: name,
      checkpoint: checkpoint, observe: observe)
  }

  private func run<Network: TokenClassifier>(
    _ network: Network, _ parameters: FloatBuffer, _ inputs: [Network.Input],
    _ dev: [Network.Input], _ material: Material, name: String, checkpoint: CheckpointFile?,
    observe: PipelineObserver
  ) throws -> TrainingOutcome {
    let examples = try examples(network, inputs, material)
    let trainer = Trainer(network, parameters: parameters, settings: settings, workers: workers)
    if let checkpoint {
      let resumption = trainer.resume(from: checkpoint, examples: examples.count)
      if let message = resumption.message(path: checkpoint.path) {
        observe(.message("\(name): \(message)"))
      }
    }
    var devScores = 0
    return try trainer.train(
      examples, teacherLogits: material.teacherLogits, objective: objective,
      dev: Trainer.DevSet(inputs: dev, gold: material.dev.sentences.map(\.tags)),
      checkpoint: checkpoint
    ) { progress in
      if progress.devScores > devScores {
        devScores = progress.devScores
        observe(.epochEnded(name, progress))
      } else {
        observe(.training(name, progress))
      }
    }
  }

  /// Pairs each input with its targets: originals have gold labels; augmented sentences have them only where no teacher
  /// speaks.
  private func examples<Network: TokenClassifier>(
    _ network: Network, _ inputs: [Network.Input], _ material: Material
  ) throws -> [TrainingExample<Network.Input>] {
    let store = material.teacherLogits
    let sentences = material.train.sentences + material.augmented
    if let store, store.sentenceCount < sentences.count {
      throw DataError(
        file: "logit store", found: "\(store.sentenceCount) sentences",
        expected: "at least \(sentences.count)", remedy: "label the sentences again")
    }
    return try sentences.indices.map { index in
      let isOriginal = index < material.train.sentences.count
      let words = network.wordCount(of: inputs[index])
      if let store, store.wordCount(of: index) != words {
        throw DataError(
          file: "logit store", found: "\(store.wordCount(of: index)) words in sentence \(index)",
          expected: "\(words)", remedy: "label the sentences again")
      }
      let gold = isOriginal || store == nil ? sentences[index].tags : nil
      return TrainingExample(
        input: inputs[index],
        gold: gold.map { $0.map { Int32(material.labels.index(of: $0) ?? 0) } },
        teacherRow: store?.firstRows[index])
    }
  }
}

extension Resumption {
  /// What became of the checkpoint at a path, in words; nil where there was none.
  fileprivate func message(path: String) -> String? {
    switch self {
    case .none: nil
    case .taken(let step): "going on behind step \(step), kept in \(path)"
    case .otherKey: "\(path) belongs to another training and is left out"
    case .declined: "starting anew; \(path) is left out"
    case .unusable(let reason): "\(path) is left out: \(reason)"
    }
  }
}

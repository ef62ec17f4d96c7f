import Corpora
import Evaluation
import Files
import Kernels
import Labels
import Layers
import Networks
import Runtime
import Training

/// Trains a model on the original examples, and, where a logit store is given, on the teacher's logits.
///
/// The same code fine-tunes a teacher, trains a truncated student and trains the BiLSTM student: the difference lies in the
/// network and in the data.
public struct ModelTraining: Sendable {
  /// What the model learns from.
  public struct TrainingData: Sendable {
    /// What is learnt.
    public var task: any DistillationTask
    /// The original examples with gold labels.
    public var train: Corpus
    /// Further examples.
    public var transfer: [TransferCorpus]
    /// The teacher's logits of `train`, of `transfer`, and perhaps of more; nil for the tags alone.
    public var teacherLogits: LogitStore?
    /// Examples to choose the best epoch by.
    public var dev: Corpus
    /// The labels, in the order of the logits.
    public var labels: LabelSet
    /// How often each original example comes in a pass, where there are further ones; positive.
    public var originalRepeats: Int

    /// Collects what a model learns from.
    public init(
      task: any DistillationTask = TaskKind.tag.task, train: Corpus,
      transfer: [TransferCorpus] = [], teacherLogits: LogitStore? = nil,
      dev: Corpus, labels: LabelSet, originalRepeats: Int = 1
    ) {
      self.task = task
      self.train = train
      self.transfer = transfer
      self.teacherLogits = teacherLogits
      self.dev = dev
      self.labels = labels
      self.originalRepeats = originalRepeats
    }

    /// Reads all examples in order.
    ///
    /// - Parameter body: Told each.
    /// - Returns: The gold labels of each example, one a row: originals have them; further ones only where no teacher speaks.
    /// - Throws: `FileError` or `DataError` if the further examples cannot be read.
    func forEach(_ body: (Example) -> Void) throws -> [[Int32]?] {
      let gold = { (example: Example) in
        task.targets(of: example).map { Int32(labels.index(of: $0) ?? 0) }
      }
      var all: [[Int32]?] = []
      for example in train.examples {
        body(example)
        all.append(gold(example))
      }
      for corpus in transfer {
        try corpus.forEach { example in
          body(example)
          all.append(teacherLogits == nil ? gold(example) : nil)
        }
      }
      return all
    }

    /// The examples of a pass.
    ///
    /// - Parameter examples: One of each, those of `train` first.
    /// - Returns: These, and behind them the originals again and again until each is there `originalRepeats` times; of
    ///   originals alone there is one of each.
    public func pass<Input>(over examples: [TrainingExample<Input>]) -> [TrainingExample<Input>] {
      let originals = examples.prefix(train.examples.count)
      guard originals.count < examples.count else { return examples }
      return (1..<originalRepeats).reduce(into: examples) { all, _ in all += originals }
    }
  }

  /// How the model is trained.
  public let settings: TrainingSettings
  /// The loss.
  public let objective: ObjectiveSchedule
  /// The threads.
  public let workers: Workers

  /// Plans a training.
  public init(settings: TrainingSettings, objective: ObjectiveSchedule, workers: Workers) {
    self.settings = settings
    self.objective = objective
    self.workers = workers
  }

  /// How the model is trained, as lines `name=value`.
  public var keyLines: [String] {
    settings.keyLines.map { "training.\($0)" } + objective.keyLines.map { "objective.\($0)" }
  }

  /// Trains a model in place.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - trainingData: What it learns from.
  ///   - name: Its name for messages.
  ///   - checkpoint: Where the training is kept, and taken up if it was cut off; nil for nowhere.
  ///   - observe: Told what happens.
  /// - Returns: The training's figures.
  /// - Throws: `DataError` if the logits do not belong to the examples, or as soon as a number is not finite; with a
  ///   checkpoint also `Interrupted` after a signal, and `FileError` when it cannot be written.
  public func train<Model: ClassifierModel>(
    _ model: Model, on trainingData: TrainingData, name: String,
    checkpoint: CheckpointFile? = nil, observe: PipelineObserver
  ) throws -> TrainingOutcome {
    var gold: [[Int32]?] = []
    let inputs = try model.inputs { add in
      gold = try trainingData.forEach(add)
    }
    let examples = try examples(model.network, inputs, gold, trainingData)
    let trainer = Trainer(
      model.network, parameters: model.parameters, settings: settings, workers: workers)
    if let checkpoint {
      let resumption = trainer.resume(from: checkpoint, examples: examples.count)
      if let message = resumption.message(path: checkpoint.path) {
        observe(.message("\(name): \(message)"))
      }
    }
    let (dev, labels, task) = (trainingData.dev.examples, model.labels, trainingData.task)
    var scored = 0
    do {
      return try trainer.train(
        examples, teacherLogits: trainingData.teacherLogits, objective: objective,
        dev: Trainer.DevSet(inputs: model.inputs(for: dev, workers: workers)) {
          task.score(dev, answers: $0.map { $0.map { labels[$0] } }, labels: labels).overall.f1
        }, checkpoint: checkpoint
      ) { progress in
        if progress.devScoreCount > scored {
          scored = progress.devScoreCount
          observe(.epochEnded(name, progress, task))
        } else {
          observe(.training(name, progress, task))
        }
      }
    } catch let error as DivergedTraining {
      throw DataError(
        file: name, found: "\(error)", expected: "finite numbers",
        remedy: "the training has ended without a model; take a lower learning rate, a temperature "
          + "nearer to 1, or a teacher and word vectors with smaller numbers")
    }
  }

  /// Pairs each input with its targets, repeats the original ones, and cuts long sentences into windows.
  private func examples<Network: Classifier>(
    _ network: Network, _ inputs: [Network.Input], _ gold: [[Int32]?], _ trainingData: TrainingData
  ) throws -> [TrainingExample<Network.Input>] {
    let store = trainingData.teacherLogits
    if let store, store.exampleCount < inputs.count {
      throw DataError(
        file: "logit store", found: "\(store.exampleCount) examples",
        expected: "at least \(inputs.count)", remedy: "label them again")
    }
    let examples = try inputs.indices.map { index in
      let rows = network.rowCount(of: inputs[index])
      if let store, store.rowCount(of: index) != rows {
        throw DataError(
          file: "logit store", found: "\(store.rowCount(of: index)) rows of example \(index)",
          expected: "\(rows)", remedy: "label the examples again")
      }
      return TrainingExample(
        input: inputs[index], gold: gold[index], teacherRow: store?.firstRows[index])
    }
    return trainingData.pass(over: examples).flatMap { $0.windows(for: network) }
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

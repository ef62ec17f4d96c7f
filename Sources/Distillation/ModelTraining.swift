import Corpora
import Evaluation
import Files
import Kernels
import Labels
import Layers
import Networks
import Runtime
import Training

/// Trains a model on the original sentences, and, where a logit store is given, on the teacher's logits.
///
/// The same code fine-tunes a teacher, trains a truncated student and trains the BiLSTM student: the difference lies in the
/// network and in the data.
public struct ModelTraining: Sendable {
  /// What the model learns from.
  public struct TrainingData: Sendable {
    /// The original sentences with gold tags.
    public var train: Corpus
    /// Further sentences.
    public var transfer: [TransferCorpus]
    /// The teacher's logits of `train`, of `transfer`, and perhaps of more; nil for the tags alone.
    public var teacherLogits: LogitStore?
    /// Sentences to choose the best epoch by.
    public var dev: Corpus
    /// The labels, in the order of the logits.
    public var labels: LabelSet
    /// How often each original sentence comes in a pass, where there are further sentences; positive.
    public var originalRepeats: Int

    /// Collects what a model learns from.
    public init(
      train: Corpus, transfer: [TransferCorpus] = [], teacherLogits: LogitStore? = nil,
      dev: Corpus, labels: LabelSet, originalRepeats: Int = 1
    ) {
      self.train = train
      self.transfer = transfer
      self.teacherLogits = teacherLogits
      self.dev = dev
      self.labels = labels
      self.originalRepeats = originalRepeats
    }

    /// The examples of a pass.
    ///
    /// - Parameter examples: One of each sentence, those of `train` first.
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

  /// Trains a BERT in place.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - trainingData: What it learns from.
  ///   - name: Its name for messages.
  ///   - checkpoint: Where the training is kept, and taken up if it was cut off; nil for nowhere.
  ///   - observe: Told what happens.
  /// - Returns: The training's figures.
  /// - Throws: `DataError` if the logits do not belong to the sentences, or as soon as a number is not finite; with a
  ///   checkpoint also `Interrupted` after a signal, and `FileError` when it cannot be written.
  public func train(
    _ model: BERTModel, on trainingData: TrainingData, name: String,
    checkpoint: CheckpointFile? = nil,
    observe: PipelineObserver
  ) throws -> TrainingOutcome {
    var inputs: [BERTInput] = []
    let gold = try readGold(of: trainingData) { inputs.append(model.input($0)) }
    return try run(
      model.network, model.parameters, examples(model.network, inputs, gold, trainingData),
      dev: trainingData.dev.examples.map { model.input($0.words) }, trainingData, name: name,
      checkpoint: checkpoint,
      observe: observe)
  }

  /// Trains a BiLSTM student in place.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - trainingData: What it learns from.
  ///   - name: Its name for messages.
  ///   - checkpoint: Where the training is kept, and taken up if it was cut off; nil for nowhere.
  ///   - observe: Told what happens.
  /// - Returns: The training's figures.
  /// - Throws: `DataError` if the logits do not belong to the sentences, or as soon as a number is not finite; with a
  ///   checkpoint also `Interrupted` after a signal, and `FileError` when it cannot be written.
  public func train(
    _ model: StudentModel, on trainingData: TrainingData, name: String,
    checkpoint: CheckpointFile? = nil,
    observe: PipelineObserver
  ) throws -> TrainingOutcome {
    var inputs = StudentInputs(vocabulary: model.vocabulary)
    let gold = try readGold(of: trainingData) { inputs.append($0) }
    return try run(
      model.network, model.parameters,
      examples(model.network, inputs.finished(), gold, trainingData),
      dev: model.inputs(for: trainingData.dev.examples.map(\.words)), trainingData, name: name,
      checkpoint: checkpoint, observe: observe)
  }

  private func run<Network: Classifier>(
    _ network: Network, _ parameters: FloatBuffer, _ examples: [TrainingExample<Network.Input>],
    dev: [Network.Input], _ trainingData: TrainingData, name: String, checkpoint: CheckpointFile?,
    observe: PipelineObserver
  ) throws -> TrainingOutcome {
    let trainer = Trainer(network, parameters: parameters, settings: settings, workers: workers)
    if let checkpoint {
      let resumption = trainer.resume(from: checkpoint, examples: examples.count)
      if let message = resumption.message(path: checkpoint.path) {
        observe(.message("\(name): \(message)"))
      }
    }
    var scored = 0
    let gold = trainingData.dev.examples.map(\.tags)
    let names = network.labels
    do {
      return try trainer.train(
        examples, teacherLogits: trainingData.teacherLogits, objective: objective,
        dev: Trainer.DevSet(inputs: dev) { predicted in
          var score = EntityScore(labels: names)
          for (gold, labels) in zip(gold, predicted) {
            score.add(gold: gold, predicted: labels.map { names[$0] })
          }
          return score.overall.f1
        },
        checkpoint: checkpoint
      ) { progress in
        if progress.devScoreCount > scored {
          scored = progress.devScoreCount
          observe(.epochEnded(name, progress))
        } else {
          observe(.training(name, progress))
        }
      }
    } catch let error as DivergedTraining {
      throw DataError(
        file: name, found: "\(error)", expected: "finite numbers",
        remedy: "the training has ended without a model; take a lower learning rate, a temperature "
          + "nearer to 1, or a teacher and word vectors with smaller numbers")
    }
  }

  /// Reads all sentences in order, so that only what is made of them stays in memory.
  ///
  /// - Parameters:
  ///   - trainingData: The sentences.
  ///   - prepare: Told the words of each.
  /// - Returns: The gold labels of each sentence: originals have them; further sentences only where no teacher speaks.
  /// - Throws: `FileError` or `DataError` if the further sentences cannot be read.
  private func readGold(of trainingData: TrainingData, _ prepare: ([String]) -> Void) throws
    -> [[Int32]?]
  {
    let labels = { (sentence: Example) in
      sentence.tags.map { Int32(trainingData.labels.index(of: $0) ?? 0) }
    }
    var gold: [[Int32]?] = []
    for sentence in trainingData.train.examples {
      prepare(sentence.words)
      gold.append(labels(sentence))
    }
    for corpus in trainingData.transfer {
      try corpus.forEach { sentence in
        prepare(sentence.words)
        gold.append(trainingData.teacherLogits == nil ? labels(sentence) : nil)
      }
    }
    return gold
  }

  /// Pairs each input with its targets, repeats the original sentences, and cuts long sentences into windows.
  private func examples<Network: Classifier>(
    _ network: Network, _ inputs: [Network.Input], _ gold: [[Int32]?], _ trainingData: TrainingData
  ) throws -> [TrainingExample<Network.Input>] {
    let store = trainingData.teacherLogits
    if let store, store.sentenceCount < inputs.count {
      throw DataError(
        file: "logit store", found: "\(store.sentenceCount) sentences",
        expected: "at least \(inputs.count)", remedy: "label the sentences again")
    }
    let examples = try inputs.indices.map { index in
      let words = network.rowCount(of: inputs[index])
      if let store, store.wordCount(of: index) != words {
        throw DataError(
          file: "logit store", found: "\(store.wordCount(of: index)) words in sentence \(index)",
          expected: "\(words)", remedy: "label the sentences again")
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

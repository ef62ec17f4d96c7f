import Kernels
import Layers
import Networks
import Runtime

/// Trains a network on examples, scores it on dev examples after each epoch and keeps the best parameters.
public final class Trainer<Network: Classifier> {
  /// Examples to choose the best epoch by.
  public struct DevSet {
    let inputs: [Network.Input]
    let score: (_ predicted: [[Int]]) -> Double

    /// Takes examples and what scores them.
    ///
    /// - Parameters:
    ///   - inputs: The examples.
    ///   - score: The score of predicted labels, one a row of each example, from 0 to 1; higher is better.
    public init(inputs: [Network.Input], score: @escaping (_ predicted: [[Int]]) -> Double) {
      self.inputs = inputs
      self.score = score
    }
  }

  private let network: Network
  private let settings: TrainingSettings
  private let workers: Workers
  private let stepper: ShardedStep<Network>
  private let state: TrainingState

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - parameters: Its parameters, trained in place.
  ///   - settings: How to train.
  ///   - workers: The threads.
  public init(
    _ network: Network, parameters: FloatBuffer, settings: TrainingSettings, workers: Workers
  ) {
    self.network = network
    self.settings = settings
    self.workers = workers
    stepper = ShardedStep(network, shards: settings.shards, workers: workers)
    state = TrainingState(
      parameters: parameters,
      optimizer: settings.optimizer.makeOptimizer(
        layout: network.layout, sparseTables: network.sparseTables),
      averagesWeights: settings.averagesWeights)
  }

  /// Goes on from a checkpoint of the same run, if there is one; to be called before `train`.
  ///
  /// - Parameters:
  ///   - checkpoint: Where it lies, and the run's key.
  ///   - examples: The number of examples.
  /// - Returns: What became of the checkpoint.
  public func resume(from checkpoint: CheckpointFile, examples: Int) -> Resumption {
    checkpoint.restore(state, stepsPerEpoch: stepsPerEpoch(examples))
  }

  /// Trains to the end.
  ///
  /// - Parameters:
  ///   - examples: What to learn from.
  ///   - teacherLogits: The teacher's logits, [rows, L], that the examples point into.
  ///   - objective: The loss, which may move as the run goes on.
  ///   - dev: Examples to choose the best epoch by; without them the last one is kept.
  ///   - checkpoint: Where the run is kept as it goes on and when a signal asks for an end; nil for nowhere.
  ///   - observe: Told how far the run is, several times a second.
  /// - Returns: The run's figures. The parameters are those of the best epoch.
  /// - Throws: `DivergedTraining` as soon as a loss, a gradient or a weight is not finite; with a checkpoint also
  ///   `Interrupted` when a signal has asked for an end, and `FileError` when it cannot be written.
  public func train(
    _ examples: [TrainingExample<Network.Input>], teacherLogits: TeacherLogits?,
    objective: ObjectiveSchedule, dev: DevSet?, checkpoint: CheckpointFile? = nil,
    observe: (TrainingProgress) -> Void = { _ in }
  ) throws -> TrainingOutcome {
    let targets = BatchTargets(objective: objective.start, teacherLogits: teacherLogits, scale: 0)
    guard let checkpoint else {
      try run(examples, targets, objective, dev: dev, keeper: nil, observe: observe)
      return state.outcome
    }
    try Interruption.held {
      let keeper = CheckpointKeeper(checkpoint)
      try run(examples, targets, objective, dev: dev, keeper: keeper, observe: observe)
    }
    return state.outcome
  }

  /// The epochs from where the state stands.
  private func run(
    _ examples: [TrainingExample<Network.Input>], _ targets: BatchTargets,
    _ objective: ObjectiveSchedule, dev: DevSet?, keeper: CheckpointKeeper?,
    observe: (TrainingProgress) -> Void
  ) throws {
    var targets = targets
    let costs = examples.map { network.cost(of: $0.input) }
    let memory = examples.map { network.trainingCost(of: $0.input) }
    let stepsPerEpoch = stepsPerEpoch(examples.count)
    let schedule = LearningRateSchedule(
      peak: settings.learningRate, warmUpFraction: settings.warmUpFraction,
      totalSteps: stepsPerEpoch * settings.epochs, finalFraction: settings.finalFraction,
      shape: settings.schedule)
    let start = ContinuousClock().now - .seconds(state.outcome.seconds)
    var progress = TrainingProgress(epochs: settings.epochs, totalSteps: schedule.totalSteps)
    progress.resume(state.outcome, epoch: state.finishedEpochs + 1)
    while !isOver {
      let epoch = state.finishedEpochs + 1
      let batches = Batches.ofEpoch(
        costs: costs, batchSize: settings.batchSize, seed: settings.seed, epoch: epoch)
      for batch in batches.dropFirst(state.step - state.finishedEpochs * stepsPerEpoch) {
        let rate = schedule.rate(at: state.step)
        targets.objective = objective.objective(
          at: Float(state.step) / Float(max(schedule.totalSteps, 1)))
        let parts = Batches.parts(of: batch, costs: memory, costingAtMost: settings.rowsAtATime)
          .map { part in
            Batches.deal(part, costs: costs, shards: settings.shards)
              .map { $0.map { examples[$0] } }
          }
        let rows = batch.reduce(0) { $0 + taughtRows(of: examples[$1]) }
        targets.scale = 1 / Float(max(rows, 1))
        let loss = try step(parts, targets, learningRate: rate)
        state.outcome.rows += rows
        state.outcome.losses.append(loss)
        state.outcome.seconds = (ContinuousClock().now - start).seconds
        progress.note(
          epoch: epoch, step: state.step, loss: loss, rows: state.outcome.rows,
          seconds: state.outcome.seconds)
        observe(progress)
        try keeper?.stepEnded(state, of: schedule.totalSteps)
      }
      guard state.isFinite else {
        throw DivergedTraining(quantity: .weight, step: state.step)
      }
      if let dev {
        let score = try score(on: dev)
        state.note(devScore: score)
        progress.note(devScore: score)
        observe(progress)
      }
      state.finishedEpochs = epoch
      state.outcome.seconds = (ContinuousClock().now - start).seconds
      try keeper?.stepEnded(state, of: schedule.totalSteps)
    }
    state.finish()
  }

  private func stepsPerEpoch(_ examples: Int) -> Int {
    (examples + settings.batchSize - 1) / settings.batchSize
  }

  /// Whether all epochs are done, or the dev score has not risen for too long.
  private var isOver: Bool {
    if let patience = settings.patience, !state.outcome.devScores.isEmpty,
      state.finishedEpochs - state.bestEpoch >= patience
    {
      return true
    }
    return state.finishedEpochs >= max(settings.epochs, 1)
  }

  private func taughtRows(of example: TrainingExample<Network.Input>) -> Int {
    example.taught?.count ?? network.rowCount(of: example.input)
  }

  /// One optimiser step on the parts of one batch, already dealt out to shards; gives the loss.
  ///
  /// A loss or a gradient that is not finite is thrown before it reaches the weights.
  private func step(
    _ parts: [[[TrainingExample<Network.Input>]]], _ targets: BatchTargets, learningRate: Float
  ) throws(DivergedTraining) -> Double {
    let losses = parts.enumerated().map { part, shards in
      stepper.run(
        shards.map { $0.map(\.input) }, part: part, parameters: state.parameters,
        dropout: settings.usesDropout ? (seed: settings.seed, step: state.step) : nil
      ) { [network, targets, parameters = state.parameters] shard, logits, dLogits, gradients in
        targets.loss(
          of: shards[shard], under: network, logits: logits, dLogits: dLogits,
          parameters: parameters.base, gradients: gradients)
      }
    }
    let loss = losses.reduce(0, +)
    let norm = stepper.norm()
    for (quantity, value) in [(DivergedTraining.Quantity.loss, loss), (.gradient, norm)]
    where !value.isFinite {
      throw DivergedTraining(quantity: quantity, step: state.step + 1)
    }
    let scale = min(1, settings.clippingNorm / (Float(norm) + 1e-6))
    state.optimizer.step(
      state.parameters, gradients: stepper.gradients, touched: stepper.touched,
      gradientScale: scale, learningRate: learningRate, workers: workers)
    state.average?.update(state.parameters, step: state.step + 1, workers: workers)
    return loss
  }

  /// The score on the dev set of the weights that would be kept.
  private func score(on dev: DevSet) throws(DivergedTraining) -> Double {
    let prediction = Prediction(network, parameters: state.judged, workers: workers)
    guard let predicted = try? prediction.labels(dev.inputs) else {
      throw DivergedTraining(quantity: .logit, step: state.step)
    }
    return dev.score(predicted)
  }
}

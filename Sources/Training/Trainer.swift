import Corpora
import Evaluation
import Kernels
import Layers
import Networks

/// Trains a network on examples, judges it on dev sentences after each epoch and keeps the best parameters.
public final class Trainer<Network: TokenClassifier> {
  /// Sentences to judge by.
  public struct DevSet: Sendable {
    let inputs: [Network.Input]
    let gold: [[String]]

    /// Pairs sentences with their gold tags.
    public init(inputs: [Network.Input], gold: [[String]]) {
      precondition(inputs.count == gold.count, "\(inputs.count) and \(gold.count) sentences")
      self.inputs = inputs
      self.gold = gold
    }
  }

  private let network: Network
  private let parameters: FloatBuffer
  private let settings: TrainingSettings
  private let workers: Workers
  private let stepper: ShardedStep<Network>
  private let optimizer: AdamW
  private var stepCount = 0

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
    self.parameters = parameters
    self.settings = settings
    self.workers = workers
    stepper = ShardedStep(network, shards: settings.shards, workers: workers)
    optimizer = AdamW(
      layout: network.layout, sparseTables: network.sparseTables, settings: settings.optimizer)
  }

  /// Trains to the end.
  ///
  /// - Parameters:
  ///   - examples: What to learn from.
  ///   - teacherLogits: The teacher's logits, [rows, L], that the examples point into.
  ///   - objective: The loss.
  ///   - dev: Sentences to choose the best epoch by; without them the last one is kept.
  ///   - observe: Told how far the run is, several times a second.
  /// - Returns: The run's figures. The parameters are those of the best epoch.
  public func train(
    _ examples: [TrainingExample<Network.Input>], teacherLogits: TeacherLogits?,
    objective: TokenObjective, dev: DevSet?, observe: (TrainingProgress) -> Void = { _ in }
  ) -> TrainingOutcome {
    let costs = examples.map { network.cost(of: $0.input) }
    let stepsPerEpoch = (examples.count + settings.batchSize - 1) / settings.batchSize
    let schedule = LearningRateSchedule(
      peak: settings.learningRate, warmUpFraction: settings.warmUpFraction,
      totalSteps: stepsPerEpoch * settings.epochs, finalFraction: settings.finalFraction)
    let clock = ContinuousClock()
    let start = clock.now
    var outcome = TrainingOutcome()
    var best: (f1: Double, parameters: FloatBuffer)?
    var progress = TrainingProgress(epochs: settings.epochs, totalSteps: schedule.totalSteps)
    for epoch in 1...max(settings.epochs, 1) {
      let batches = Batches.ofEpoch(
        costs: costs, batchSize: settings.batchSize, seed: settings.seed, epoch: epoch)
      for batch in batches {
        let loss = step(
          Batches.deal(batch, costs: costs, shards: settings.shards).map {
            $0.map { examples[$0] }
          },
          teacherLogits: teacherLogits, objective: objective,
          learningRate: schedule.rate(at: stepCount))
        outcome.losses.append(loss)
        outcome.words += batch.reduce(0) { $0 + network.wordCount(of: examples[$1].input) }
        progress.note(
          epoch: epoch, step: stepCount, loss: loss, words: outcome.words,
          seconds: (clock.now - start).seconds)
        observe(progress)
      }
      outcome.bestEpoch = epoch
      if let dev {
        let f1 = devScore(dev).overall.f1
        outcome.devF1.append(f1)
        progress.note(devF1: f1)
        observe(progress)
        if f1 > best?.f1 ?? -1 { best = (f1, copyOfParameters()) }
        outcome.bestEpoch = 1 + (outcome.devF1.firstIndex(of: best?.f1 ?? f1) ?? 0)
        if let patience = settings.patience, epoch - outcome.bestEpoch >= patience { break }
      }
    }
    if let best { parameters.base.update(from: best.parameters.base, count: parameters.count) }
    outcome.seconds = (clock.now - start).seconds
    return outcome
  }

  /// One optimiser step on one batch, already dealt out to shards.
  private func step(
    _ shards: [[TrainingExample<Network.Input>]], teacherLogits: TeacherLogits?,
    objective: TokenObjective, learningRate: Float
  ) -> Double {
    let words = shards.joined().reduce(0) { $0 + network.wordCount(of: $1.input) }
    let targets = BatchTargets(
      objective: objective, teacherLogits: teacherLogits, scale: 1 / Float(max(words, 1)))
    let loss = stepper.run(
      shards.map { $0.map(\.input) }, parameters: parameters,
      dropout: settings.usesDropout ? (seed: settings.seed, step: stepCount) : nil
    ) { [network, parameters] shard, logits, dLogits, gradients in
      guard let crf = network.crf else {
        return targets.loss(
          of: shards[shard], logits: logits, dLogits: dLogits, wordCount: network.wordCount)
      }
      return targets.loss(
        of: shards[shard], under: crf, logits: logits, dLogits: dLogits,
        parameters: parameters.base, gradients: gradients, wordCount: network.wordCount)
    }
    let norm = stepper.norm()
    let scale = min(1, settings.clippingNorm / (Float(norm) + 1e-6))
    optimizer.step(
      parameters, gradients: stepper.gradients, touched: stepper.touched, gradientScale: scale,
      learningRate: learningRate, workers: workers)
    stepCount += 1
    return loss
  }

  /// The entity score on the dev set with the parameters as they are.
  private func devScore(_ dev: DevSet) -> EntityScore {
    let predicted = Prediction(network, parameters: parameters, workers: workers).labels(dev.inputs)
    var score = EntityScore(labels: network.labels)
    for (gold, labels) in zip(dev.gold, predicted) {
      score.add(gold: gold, predicted: labels.map { network.labels[Int($0)] })
    }
    return score
  }

  private func copyOfParameters() -> FloatBuffer {
    let copy = FloatBuffer(count: parameters.count)
    copy.base.update(from: parameters.base, count: parameters.count)
    return copy
  }
}

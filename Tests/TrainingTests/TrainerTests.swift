import Kernels
import Layers
import ModelFiles
import Networks
import Runtime
import Testing
import Training

@Suite struct TrainerTests {
  @Test func theBytesAreTheSameAtAnyNumberOfThreads() throws {
    let one = try run(threads: 1, settings(dropout: true))
    for threads in [2, 3] {
      let other = try run(threads: threads, settings(dropout: true))
      #expect(other.outcome.losses == one.outcome.losses)
      #expect(other.outcome.devScores == one.outcome.devScores)
      let isSame = other.parameters == one.parameters
      #expect(isSame)
    }
    let differs = try run(threads: 2, settings(dropout: false)).parameters != one.parameters
    #expect(differs)
  }

  @Test func theSeedDecides() throws {
    var other = settings(dropout: true)
    other.seed += 1
    let differs =
      try run(threads: 2, other).parameters != run(threads: 2, settings(dropout: true)).parameters
    #expect(differs)
  }

  @Test func theLossFalls() throws {
    var long = settings(dropout: false)
    long.epochs = 12
    let losses = try run(threads: 2, long).outcome.losses
    let (first, last) = (losses.prefix(3).reduce(0, +), losses.suffix(3).reduce(0, +))
    #expect(last < 0.3 * first)
  }

  /// The dev set's gold tags are what the model says after one epoch, so the first epoch is the best.
  @Test func theBestEpochIsKeptAndPatienceEndsTheRun() throws {
    let task = try TinyTask()
    var brief = settings(dropout: false)
    brief.epochs = 1
    let afterOne = try run(threads: 2, brief)
    let network = task.network
    let buffer = FloatBuffer(count: network.layout.count)
    for (n, value) in afterOne.parameters.enumerated() { buffer.base[n] = value }
    let tags = try task.tags(
      Prediction(network, parameters: buffer, workers: Workers(2)).labels(task.inputs))
    #expect(tags.joined().contains { $0.hasPrefix("B") })
    var patient = settings(dropout: false)
    patient.epochs = 9
    patient.patience = 2
    let kept = try run(threads: 2, patient, devTags: tags)
    #expect(kept.outcome.devScores.count == 3)
    #expect(kept.outcome.devScores[0] == 1)
    #expect(kept.outcome.devScores[1] < 1 && kept.outcome.devScores[2] < 1)
    #expect(kept.outcome.bestEpoch == 1)
    #expect(kept.outcome.losses.count == 3 * 7)
    let isFirstEpochs = kept.parameters == afterOne.parameters
    #expect(isFirstEpochs)
  }

  @Test func progressIsReported() throws {
    let task = try TinyTask()
    var steps: [Int] = []
    var last: TrainingProgress?
    let trainer = Trainer(
      task.network, parameters: task.parameters(), settings: settings(dropout: true),
      workers: Workers(2))
    let outcome = try trainer.train(
      task.examples, teacherLogits: nil, objective: .goldLabels,
      dev: Trainer.DevSet(
        inputs: task.inputs, gold: task.tags(task.gold), labels: task.network.labels)
    ) { progress in
      if progress.step != steps.last { steps.append(progress.step) }
      last = progress
    }
    let progress = try #require(last)
    #expect(steps == Array(1...14))
    #expect(progress.totalSteps == 14)
    #expect(progress.fraction == 1)
    #expect(progress.epoch == 2 && progress.epochs == 2)
    #expect(progress.devScore == outcome.devScores.last)
    #expect(progress.devScoreCount == 2)
    #expect(progress.secondsLeft == 0)
    #expect(progress.rowsPerSecond > 0)
    let (least, most) = (outcome.losses.min() ?? 0, outcome.losses.max() ?? 0)
    #expect(progress.loss >= least && progress.loss <= most)
  }

  @Test func examplesWithoutTargetsTeachNothing() throws {
    let task = try TinyTask()
    var still = settings(dropout: false)
    still.optimizer = .adamW(weightDecay: 0)
    let (before, parameters) = (task.parameters(), task.parameters())
    let outcome = try Trainer(
      task.network, parameters: parameters, settings: still, workers: Workers(2)
    ).train(
      task.inputs.map { TrainingExample(input: $0, gold: nil) }, teacherLogits: nil,
      objective: ObjectiveSchedule(LogitObjective(divergence: 1, crossEntropy: 1)), dev: nil)
    #expect(outcome.losses.allSatisfy { $0 == 0 })
    let isUnchanged = parameters.values == before.values
    #expect(isUnchanged)
  }

  /// The first step is that of the objective that does not move, so the second begins at the same weights.
  @Test func theObjectiveMovesStepByStep() throws {
    let task = try TinyTask()
    func losses(_ objective: ObjectiveSchedule) throws -> [Double] {
      try Trainer(
        task.network, parameters: task.parameters(), settings: settings(dropout: false),
        workers: Workers(2)
      ).train(task.examples, teacherLogits: nil, objective: objective, dev: nil).losses
    }
    let still = try losses(.goldLabels)
    let moving = try losses(
      ObjectiveSchedule(.goldLabels, movingTo: LogitObjective(crossEntropy: 3)))
    #expect(moving.count == 14 && moving[0] == still[0])
    #expect(abs(moving[1] / still[1] - (1 + 2.0 / 14)) < 1e-6)
    let objective = ObjectiveSchedule(
      LogitObjective(meanSquaredError: 1, divergence: 0.8, temperature: 2, crossEntropy: 0.2),
      movingTo: LogitObjective(temperature: 2, crossEntropy: 1))
    let half = objective.objective(at: 0.5)
    #expect(half.meanSquaredError == 0.5 && half.divergence == 0.4 && half.temperature == 2)
    #expect(abs(half.crossEntropy - 0.6) < 1e-6)
    #expect(objective.objective(at: 0) == objective.start)
    #expect(objective.objective(at: 1) == objective.end)
  }

  /// A batch that is too large is read in parts, whose gradients add up to the batch's.
  @Test func partsOfABatchAddUp() throws {
    let whole = try run(threads: 2, settings(dropout: false))
    var cut = settings(dropout: false)
    cut.rowsAtATime = 12
    let parts = try run(threads: 2, cut)
    #expect(distance(parts.outcome.losses, whole.outcome.losses) < 1e-4)
    #expect(parts.outcome.rows == whole.outcome.rows)
    let isOtherOrder = parts.parameters != whole.parameters
    #expect(isOtherOrder)
    var dropout = settings(dropout: true)
    dropout.rowsAtATime = 12
    let isSame =
      try run(threads: 1, dropout).parameters == run(threads: 3, dropout).parameters
    #expect(isSame)
  }

  /// Windows of a long sentence, each an example, teach what the sentence teaches at once.
  @Test func windowsTeachWhatTheWholeSentenceTeaches() throws {
    let task = try TinyTask()
    let sentence = try LongSentence(words: 40)
    let whole = TrainingExample(input: sentence.input, gold: sentence.gold, teacherRow: 0)
    let windows = whole.windows(for: task.network)
    #expect(windows.count > 10)
    func gradientStep(_ examples: [TrainingExample<BERTInput>]) throws -> (Double, [Double]) {
      var once = settings(dropout: false)
      once.epochs = 1
      once.batchSize = 100
      // So large an epsilon makes the step proportional to the gradient, whatever its size.
      var optimizer = AdamW.Settings()
      optimizer.epsilon = 1000
      once.optimizer = .adamW(optimizer)
      once.learningRate = 1000
      let parameters = task.parameters()
      let outcome = try Trainer(
        task.network, parameters: parameters, settings: once, workers: Workers(2)
      ).train(
        examples, teacherLogits: task.teacher,
        objective: ObjectiveSchedule(LogitObjective(divergence: 0.5, crossEntropy: 0.5)), dev: nil)
      #expect(outcome.losses.count == 1 && outcome.rows == 40)
      return (outcome.losses[0], parameters.values.map(Double.init))
    }
    let (loss, parameters) = try gradientStep([whole])
    let (windowLoss, windowParameters) = try gradientStep(windows)
    #expect(abs(loss - windowLoss) < 1e-5)
    #expect(distance(parameters, windowParameters) < 1e-4)
  }

  /// Twin of the description in `WeightAverage`, in double precision, over the weights after each step.
  @Test func theAverageOfTheWeightsIsKept() throws {
    let task = try TinyTask()
    var averaging = settings(dropout: false)
    let plain = task.parameters()
    var expected = plain.values.map { Double($0) }
    var step = 0
    _ = try Trainer(task.network, parameters: plain, settings: averaging, workers: Workers(2))
      .train(task.examples, teacherLogits: nil, objective: .goldLabels, dev: nil) { progress in
        guard progress.step > step else { return }
        step = progress.step
        let decay = min(0.999, Double(1 + step) / Double(10 + step))
        for (n, value) in plain.values.enumerated() {
          expected[n] += (1 - decay) * (Double(value) - expected[n])
        }
      }
    #expect(step == 14)
    averaging.averagesWeights = true
    let parameters = task.parameters()
    _ = try Trainer(task.network, parameters: parameters, settings: averaging, workers: Workers(2))
      .train(task.examples, teacherLogits: nil, objective: .goldLabels, dev: nil)
    #expect(distance(parameters.values.map { Double($0) }, expected) < 1e-5)
    #expect(distance(plain.values.map { Double($0) }, expected) > 1e-3)
  }

  @Test func theAverageIsJudged() throws {
    var averaging = settings(dropout: false)
    averaging.averagesWeights = true
    averaging.learningRate = 5e-2
    let averaged = try run(threads: 2, averaging).outcome
    averaging.averagesWeights = false
    let plain = try run(threads: 2, averaging).outcome
    #expect(averaged.losses == plain.losses)
    #expect(averaged.devScores != plain.devScores)
  }

  private func settings(dropout: Bool) -> TrainingSettings {
    var settings = TrainingSettings()
    settings.epochs = 2
    settings.batchSize = 3
    settings.learningRate = 5e-3
    settings.finalFraction = 1
    settings.usesDropout = dropout
    return settings
  }

  /// Trains on the gold labels; the parameters at the end.
  private func run(
    threads: Int, _ settings: TrainingSettings, devTags: [[String]]? = nil
  ) throws -> (outcome: TrainingOutcome, parameters: [Float]) {
    var task = try TinyTask()
    task.configuration.hiddenDropout = 0.1
    task.configuration.attentionDropout = 0.1
    let parameters = task.parameters()
    let trainer = Trainer(
      task.network, parameters: parameters, settings: settings, workers: Workers(threads))
    let outcome = try trainer.train(
      task.examples, teacherLogits: nil, objective: .goldLabels,
      dev: Trainer.DevSet(
        inputs: task.inputs, gold: devTags ?? task.tags(task.gold), labels: task.network.labels))
    return (outcome, parameters.values)
  }
}

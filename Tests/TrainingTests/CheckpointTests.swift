import Files
import Glibc
import Kernels
import ModelFiles
import Networks
import Runtime
import TestSupport
import Testing
import Training

/// Trainings that keep checkpoints, one at a time: the signals that cut one off are the whole process'.
@Suite(.serialized) enum CheckpointedTrainingTests {}

extension CheckpointedTrainingTests {
  /// A run that is cut off after any step and taken up again ends as one that was not.
  @Suite struct CheckpointTests {
    @Test(arguments: [
      (OptimizerSettings.adamW(weightDecay: 0.1), true), (.adamW(AdamW.Settings()), false),
      (.adaDelta(AdaDelta.Settings()), true),
    ])
    func aRunThatIsCutOffAtEachStepEndsAsAWhole(
      _ optimizer: OptimizerSettings, averagesWeights: Bool
    ) throws {
      var settings = settings
      settings.optimizer = optimizer
      settings.averagesWeights = averagesWeights
      let whole = try train(settings, threads: 2, checkpoint: nil)
      let checkpoint = CheckpointFile(path: temporaryPath("run.checkpoint"), key: "key")
      // A shell may have started the tests with SIGINT ignored, which `listen` would leave so.
      let signals = [SIGINT, SIGTERM, SIGHUP]
      let before = signals.map { ($0, signal($0, SIG_DFL)) }
      defer { for (number, handler) in before { _ = signal(number, handler) } }
      Interruption.listen(advice: "")
      var cuts = 0
      while true {
        do {
          let pieced = try train(settings, threads: 1 + cuts % 3, checkpoint: checkpoint) { step in
            if step == cuts + 1, cuts < 14 { send(signals[cuts % 3]) }
          }
          #expect(cuts == 14)
          #expect(pieced.outcome.losses == whole.outcome.losses)
          #expect(pieced.outcome.devScores == whole.outcome.devScores)
          #expect(pieced.outcome.bestEpoch == whole.outcome.bestEpoch)
          #expect(pieced.outcome.rows == whole.outcome.rows)
          let isSame = pieced.parameters == whole.parameters
          #expect(isSame)
          return
        } catch let error as Interrupted {
          cuts += 1
          #expect(error.signal == signals[(cuts - 1) % 3])
          #expect("\(error)" == "interrupted; \(checkpoint.path) keeps step \(cuts) of 14")
        }
      }
    }

    /// Sends the process a signal and waits until it has come; the thread of a test does not take signals itself.
    private func send(_ signal: Int32) {
      kill(getpid(), signal)
      let deadline = ContinuousClock().now + .seconds(10)
      while Interruption.requested == nil, ContinuousClock().now < deadline { usleep(100) }
    }

    @Test func patienceCountsOverAnInterruption() throws {
      var settings = settings
      settings.epochs = 9
      settings.patience = 1
      settings.learningRate = 0
      let path = temporaryPath("run.checkpoint")
      let checkpoint = CheckpointFile(path: path, key: "key", policy: everyStep)
      // The dev F1 never rises, so the second epoch is the last; the checkpoint behind it is there.
      let whole = try train(settings, threads: 2, checkpoint: checkpoint)
      #expect(whole.outcome.devScores.count == 2)
      let again = try train(settings, threads: 2, checkpoint: checkpoint) { _ in
        Issue.record("a step after the end")
      }
      #expect(again.outcome.losses == whole.outcome.losses)
      #expect(again.outcome.bestEpoch == 1)
      #expect(again.parameters == whole.parameters)
    }

    @Test func onlyAWantedCheckpointOfTheSameRunIsTaken() throws {
      let path = temporaryPath("run.checkpoint")
      #expect(try resumption(CheckpointFile(path: path, key: "key")) == Resumption.none)
      _ = try train(
        settings, threads: 2, checkpoint: CheckpointFile(path: path, key: "key", policy: everyStep))
      #expect(try resumption(CheckpointFile(path: path, key: "key")) == .taken(step: 14))
      #expect(try resumption(CheckpointFile(path: path, key: "other")) == .otherKey)
      var policy = everyStep
      policy.resumes = false
      #expect(try resumption(CheckpointFile(path: path, key: "key", policy: policy)) == .declined)
      // Another number of batches, another optimiser, a file that was cut off, no file of ours.
      #expect(
        try resumption(CheckpointFile(path: path, key: "key"), examples: 5)
          == .unusable("its figures do not fit the run"))
      var other = settings
      other.optimizer = .adaDelta(AdaDelta.Settings())
      guard case .unusable = try resumption(CheckpointFile(path: path, key: "key"), other) else {
        Issue.record("a checkpoint of another optimiser was taken")
        return
      }
      let bytes = try content(of: path)
      for count in [0, 7, 100, bytes.count / 2, bytes.count - 1] {
        try put(Array(bytes.prefix(count)), at: path)
        guard case .unusable = try resumption(CheckpointFile(path: path, key: "key")) else {
          Issue.record("a checkpoint of \(count) bytes was taken")
          return
        }
      }
      for place in stride(from: bytes.count - 1, to: bytes.count / 2, by: -(bytes.count / 9)) {
        var flipped = bytes
        flipped[place] ^= 1
        try put(flipped, at: path)
        #expect(
          try resumption(CheckpointFile(path: path, key: "key"))
            == .unusable("it is not as it was written"))
      }
      try SafetensorsWriter(path: path, entries: []).commit()
      #expect(
        try resumption(CheckpointFile(path: path, key: "key"))
          == .unusable("it is no checkpoint of this version"))
    }

    private var settings: TrainingSettings {
      var settings = TrainingSettings()
      settings.epochs = 2
      settings.batchSize = 3
      settings.learningRate = 5e-3
      settings.finalFraction = 0.1
      settings.schedule = .cosine
      return settings
    }

    private var everyStep: CheckpointPolicy {
      var policy = CheckpointPolicy()
      policy.minutes = 0
      return policy
    }

    private func task() throws -> TinyTask {
      var task = try TinyTask()
      task.configuration.hiddenDropout = 0.1
      return task
    }

    private func resumption(
      _ checkpoint: CheckpointFile, _ settings: TrainingSettings? = nil, examples: Int = 20
    ) throws -> Resumption {
      let task = try task()
      return Trainer(
        task.network, parameters: task.parameters(), settings: settings ?? self.settings,
        workers: Workers(1)
      ).resume(from: checkpoint, examples: examples)
    }

    /// Trains on the gold labels, from the checkpoint on if it is there.
    private func train(
      _ settings: TrainingSettings, threads: Int, checkpoint: CheckpointFile?,
      stepEnded: (Int) -> Void = { _ in }
    ) throws -> (outcome: TrainingOutcome, parameters: [Float]) {
      let task = try task()
      let parameters = task.parameters()
      let trainer = Trainer(
        task.network, parameters: parameters, settings: settings, workers: Workers(threads))
      if let checkpoint {
        _ = trainer.resume(from: checkpoint, examples: task.examples.count)
      }
      var step = 0
      let outcome = try trainer.train(
        task.examples, teacherLogits: nil, objective: .goldLabels,
        dev: Trainer.DevSet(
          inputs: task.inputs, gold: task.tags(task.gold), labels: task.network.labels),
        checkpoint: checkpoint
      ) { progress in
        guard progress.step > step else { return }
        step = progress.step
        stepEnded(step)
      }
      return (outcome, parameters.values)
    }
  }
}

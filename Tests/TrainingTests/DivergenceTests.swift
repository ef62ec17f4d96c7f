import Kernels
import Networks
import Runtime
import TestSupport
import Testing
import Training

extension CheckpointedTrainingTests {
  /// A training whose numbers are not finite ends at once, and leaves no checkpoint of them.
  @Suite struct DivergenceTests {
    private func settings(learningRate: Float = 5e-3) -> TrainingSettings {
      var settings = TrainingSettings()
      settings.epochs = 2
      settings.batchSize = 3
      settings.learningRate = learningRate
      settings.finalFraction = 1
      return settings
    }

    /// Trains, with one weight set to another number behind a step; what it throws, and the steps that ended.
    private func train(
      _ settings: TrainingSettings, poisonAt poisoned: Int? = nil, with number: Float = .nan,
      checkpoint: CheckpointFile? = nil
    ) throws -> (error: DivergedTraining?, steps: Int) {
      let task = try TinyTask()
      let parameters = task.parameters()
      let trainer = Trainer(
        task.network, parameters: parameters, settings: settings, workers: Workers(2))
      var steps = 0
      do {
        _ = try trainer.train(
          task.examples, teacherLogits: nil, objective: .goldLabels,
          dev: Trainer.DevSet(
            inputs: task.inputs, gold: task.tags(task.gold), labels: task.network.labels),
          checkpoint: checkpoint
        ) { progress in
          steps = progress.step
          if steps == poisoned { parameters.base[parameters.count - 1] = number }
        }
        return (nil, steps)
      } catch let error as DivergedTraining {
        return (error, steps)
      }
    }

    @Test func aTrainingThatStaysFiniteEnds() throws {
      let done = try train(settings())
      #expect(done.error == nil && done.steps == 14)
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity])
    func aLossThatIsNotFiniteEndsTheTraining(_ number: Float) throws {
      let done = try train(settings(), poisonAt: 3, with: number)
      #expect(done.error == DivergedTraining(quantity: .loss, step: 4))
      #expect(done.steps == 3)
      #expect(done.error?.description == "a loss that is not finite in step 4")
    }

    @Test func weightsAreLookedAtWhereAnEpochEnds() throws {
      // Behind the last step of an epoch no loss would tell before the weights are judged and kept.
      let done = try train(settings(), poisonAt: 7)
      #expect(done.error == DivergedTraining(quantity: .weight, step: 7))
    }

    @Test func aCheckpointKeepsTheLastFiniteWeights() throws {
      var policy = CheckpointPolicy()
      policy.minutes = 0
      let path = temporaryPath("run.checkpoint")
      let checkpoint = CheckpointFile(path: path, key: "key", policy: policy)
      // Step 5 is poisoned before it is kept, so the checkpoint is that of step 4.
      #expect(try train(settings(), poisonAt: 5, checkpoint: checkpoint).error?.step == 5)
      let task = try TinyTask()
      let parameters = task.parameters()
      let trainer = Trainer(
        task.network, parameters: parameters, settings: settings(), workers: Workers(1))
      #expect(trainer.resume(from: checkpoint, examples: task.examples.count) == .taken(step: 4))
      let isFinite = parameters.values.allSatisfy { $0.isFinite }
      #expect(isFinite)
    }

    @Test func aRateWithoutMeasureEndsInAnError() throws {
      let done = try train(settings(learningRate: 1e30))
      #expect(done.error != nil)
    }

    @Test func logitsThatAreNotFiniteHaveNoLabels() throws {
      let task = try TinyTask()
      let parameters = task.parameters()
      parameters.base[parameters.count - 1] = .infinity
      let prediction = Prediction(task.network, parameters: parameters, workers: Workers(2))
      #expect(throws: OverflowedLogits.self) { try prediction.labels(task.inputs) }
    }
  }
}

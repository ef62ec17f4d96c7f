import Kernels
import Layers
import Networks
import Runtime
import Testing
import Training

/// Ten steps of training against PyTorch's (Tests/References/training.py): the same batches, losses, clipping,
/// schedule and optimiser.
@Suite struct TenStepTests {
  @Test(arguments: [1, 2, 4]) func theLossesAreThoseOfPyTorch(shards: Int) throws {
    let task = try TinyTask()
    var settings = TrainingSettings()
    settings.epochs = 1
    settings.batchSize = 2
    settings.learningRate = 5e-3
    settings.warmUpFraction = 0.2
    settings.clippingNorm = 1
    settings.seed = 11
    settings.shards = shards
    let parameters = task.parameters()
    let outcome = try Trainer(
      task.network, parameters: parameters, settings: settings, workers: Workers(2)
    ).train(
      task.examples, teacherLogits: task.teacher,
      objective: ObjectiveSchedule(
        LogitObjective(divergence: 0.6, temperature: 2, crossEntropy: 0.4)), dev: nil)
    let expected = try task.reference.numbers("losses")
    #expect(outcome.losses.count == 10)
    for (loss, expected) in zip(outcome.losses, expected) {
      #expect(abs(loss - expected) < 1e-4 * expected)
    }
    // What was trained, too: rows that no batch touched have kept their values.
    let layout = task.network.layout
    for (name, key) in [
      ("classifier.weight", "classifier"),
      ("bert.embeddings.word_embeddings.weight", "word_embeddings"),
    ] {
      let slice = try #require(layout.slice(named: name))
      let values = parameters.values[slice.range].map { Double($0) }
      #expect(distance(values, try task.reference.numbers(key)) < 1e-4)
    }
    #expect(outcome.rows == task.gold.reduce(0) { $0 + $1.count })
    #expect(outcome.bestEpoch == 1)
    #expect(outcome.devScores.isEmpty)
  }
}

import Corpora
import Distillation
import Layers
import Testing

@Suite struct PlanTests {
  @Test func epochsShrinkAsCorporaGrow() {
    // CoNLL-2003 and the bundled corpus, as they are and augmented.
    #expect(EpochRule.fineTuning(sentences: 14_041, batchSize: 32) == 3)
    #expect(EpochRule.fineTuning(sentences: 816, batchSize: 32) == 8)
    #expect(EpochRule.direct(sentences: 14_041, batchSize: 32) == 18)
    #expect(EpochRule.direct(sentences: 816, batchSize: 32) == 40)
    #expect(EpochRule.distilled(sentences: 120_731, batchSize: 32) == 4)
    #expect(EpochRule.distilled(sentences: 15_700, batchSize: 32) == 8)
    #expect(EpochRule.distilled(sentences: 0, batchSize: 32) == 8)
  }

  @Test func lossesAreWeighedByAlpha() {
    let kl = DistillationLoss.kl.objective(alpha: 0.25, temperature: 2)
    #expect(kl == LogitObjective(divergence: 0.75, temperature: 2, crossEntropy: 0.25))
    let mse = DistillationLoss.mse.objective(alpha: 0, temperature: 2)
    #expect(mse == LogitObjective(meanSquaredError: 1))
    #expect(DistillationLoss.ce.objective(alpha: 0, temperature: 1) == .goldLabels)
  }
}

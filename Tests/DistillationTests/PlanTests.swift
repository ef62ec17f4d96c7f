import Augment
import Corpora
import Distillation
import Files
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

  /// A tagger is used where words are swapped and have no parts of speech, and nowhere else.
  @Test func aTaggerIsUsedWhereItIsNeeded() throws {
    let plain = Corpus(name: "x", examples: [Example(words: ["a", "b"], tags: ["O", "O"])])
    let tagged = Corpus(
      name: "x", examples: [Example(words: ["a"], tags: ["O"], partsOfSpeech: ["DT"])])
    var plan = DistillationPlan(
      train: CorpusSource(path: nil, otherwise: BundledCorpus.gazette.train),
      dev: CorpusSource(path: nil, otherwise: BundledCorpus.gazette.dev), test: nil)
    #expect(throws: DataError.self) { try plan.checkAugmentation(of: plain) }
    plan.partOfSpeechTagger = NounTagger()
    #expect(plan.tagger(for: plain)?.key == "nouns" && plan.tagger(for: tagged) == nil)
    try plan.checkAugmentation(of: plain)
    var masking = plan
    masking.augmentation.operations = [.mask]
    #expect(masking.tagger(for: plain) == nil)
    plan.augmentation.rounds = 0
    #expect(plan.tagger(for: plain) == nil)
  }
}

/// Takes every word for a noun.
private struct NounTagger: PartOfSpeechTagger {
  let name = "a tagger of nouns"
  let key = "nouns"

  func tags(for sentences: [[String]]) -> [[String]] { sentences.map { $0.map { _ in "NN" } } }
}

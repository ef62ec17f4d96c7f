import Corpora
import Distillation
import Files
import Layers
import TestSupport
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
    #expect(kl == TokenObjective(divergence: 0.75, temperature: 2, crossEntropy: 0.25))
    let mse = DistillationLoss.mse.objective(alpha: 0, temperature: 2)
    #expect(mse == TokenObjective(meanSquaredError: 1))
    #expect(DistillationLoss.ce.objective(alpha: 0, temperature: 1) == .goldLabels)
  }

  @Test func aDesignChangesAStagesKey() throws {
    var design = StudentDesign()
    #expect(try design.keyParts() == ["crf"])
    design.hasCRF = false
    #expect(try design.keyParts() == [])
    design.layers = 2
    design.hasCRF = true
    #expect(try design.keyParts() == ["layers 2", "crf"])
    design.hidden = 300
    #expect(try design.keyParts() == ["hidden 300", "layers 2", "crf"])
    design.pieceDimension = 128
    #expect(try design.keyParts() == ["pieces 128", "hidden 300", "layers 2", "crf"])
    design.wordVectors = temporaryPath("vectors.txt")
    #expect(throws: FileError.self) { try design.keyParts() }
    try AtomicFileWriter.write("a 1\n", to: #require(design.wordVectors))
    let first = try design.keyParts()
    try AtomicFileWriter.write("a 2\n", to: #require(design.wordVectors))
    #expect(try design.keyParts() != first)
  }

  @Test func aStageCountsOnlyAfterItHasFinished() throws {
    let path = temporaryPath("run")
    let folder = try RunFolder(path: path)
    #expect(folder.key(of: "teacher") == nil)
    try folder.finish("teacher", key: "a")
    try folder.finish("logits", key: "b")
    #expect(try RunFolder(path: path).key(of: "teacher") == "a")
    try folder.begin("teacher")
    #expect(folder.key(of: "teacher") != "a")
    #expect(folder.key(of: "logits") == "b")
  }
}

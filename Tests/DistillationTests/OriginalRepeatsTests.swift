import Corpora
import Distillation
import Labels
import Testing
import Training

@Suite struct OriginalRepeatsTests {
  static let corpus = Corpus(
    name: "train",
    examples: ["a", "b"].map { Example(words: [$0], tags: ["O"]) })

  static func order(repeats: Int, sentences: Int) -> [Int] {
    let trainingData = ModelTraining.TrainingData(
      train: corpus, dev: corpus, labels: LabelSet(names: ["O"]), originalRepeats: repeats)
    let examples = (0..<sentences).map {
      TrainingExample(input: $0, gold: $0 < 2 ? [0] : nil, teacherRow: $0)
    }
    let pass = trainingData.pass(over: examples)
    #expect(pass.allSatisfy { ($0.gold != nil) == ($0.input < 2) && $0.teacherRow == $0.input })
    return pass.map(\.input)
  }

  @Test func originalsComeAgainBesideOthers() {
    #expect(Self.order(repeats: 1, sentences: 4) == [0, 1, 2, 3])
    #expect(Self.order(repeats: 3, sentences: 4) == [0, 1, 2, 3, 0, 1, 0, 1])
  }

  @Test func originalsAloneComeOnce() {
    #expect(Self.order(repeats: 3, sentences: 2) == [0, 1])
  }
}

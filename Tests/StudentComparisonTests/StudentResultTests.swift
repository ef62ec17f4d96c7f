import Evaluation
import StudentComparison
import Testing

@Suite struct StudentResultTests {
  private func student(correct: [Int], of count: Int) -> StudentResult {
    let seeds = correct.enumerated().map { seed, correct in
      var score = EntityScore()
      for sentence in 0..<count {
        score.add(gold: ["B-PER"], predicted: [sentence < correct ? "B-PER" : "B-LOC"])
      }
      return SeedResult(seed: UInt64(seed), score: score, trainingSeconds: Double(10 * seed))
    }
    return StudentResult(
      name: "x", training: .direct, seeds: seeds, parameters: 1, parametersWithoutEmbeddings: 1,
      fileBytes: 4)
  }

  @Test func oneSeedHasNoDeviation() {
    let result = student(correct: [80], of: 100)
    #expect(result.f1 == MeanAndDeviation([0.8]))
    #expect(result.f1.deviation == nil)
    #expect(result.f1Interval.low < 0.8 && result.f1Interval.low > 0.7)
    #expect(result.f1Interval.high > 0.8 && result.f1Interval.high < 0.9)
    #expect(result.perType.map(\.type) == ["LOC", "PER"])
    #expect(result.perType[1].recall == 0.8)
    #expect(result.sentences.count == 100)
    #expect(result.trainingSeconds == 0)
  }

  @Test func severalSeedsHaveMeanAndDeviation() {
    let result = student(correct: [70, 80, 90], of: 100)
    #expect(abs(result.f1.mean - 0.8) < 1e-12)
    #expect(abs((result.f1.deviation ?? 0) - 0.1) < 1e-12)
    #expect(abs(result.perType[1].f1 - (140.0 / 170 + 160.0 / 180 + 180.0 / 190) / 3) < 1e-12)
    #expect(result.trainingSeconds == 10)
  }

  @Test func seedsAreSummedSentenceBySentence() {
    let result = student(correct: [1, 2], of: 3)
    #expect(
      result.sentences == [
        MatchCounts(gold: 2, predicted: 2, correct: 2),
        MatchCounts(gold: 2, predicted: 2, correct: 1),
        MatchCounts(gold: 2, predicted: 2, correct: 0),
      ])
  }

  @Test func withoutSeedsThereIsNothing() {
    let result = student(correct: [], of: 3)
    #expect(result.f1 == MeanAndDeviation([]))
    #expect(result.f1.mean == 0 && result.trainingSeconds == nil && result.sentences.isEmpty)
  }
}

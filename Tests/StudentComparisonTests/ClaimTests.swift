import Evaluation
import StudentComparison
import Testing

@Suite struct ClaimTests {
  private func student(correct: Int, of count: Int) -> StudentResult {
    var score = EntityScore()
    for sentence in 0..<count {
      score.add(gold: ["B-PER"], predicted: [sentence < correct ? "B-PER" : "B-LOC"])
    }
    return StudentResult(
      name: "x", training: .direct, seeds: [SeedResult(seed: 1, score: score)], parameters: 1,
      parametersWithoutEmbeddings: 1, fileBytes: 4)
  }

  @Test func verdictFollowsThePairedTest() throws {
    let good = student(correct: 95, of: 100)
    let fair = student(correct: 94, of: 100)
    let bad = student(correct: 60, of: 100)
    let confirmed = try #require(Claim(text: "t", good, isBetterThan: bad))
    #expect(confirmed.verdict == .confirmed)
    #expect(confirmed.pValueText == "p < 0.001")
    #expect(confirmed.figures.hasPrefix("F1 95.0 against 60.0, difference +35.0, 95 % interval "))
    #expect(try #require(Claim(text: "t", bad, isBetterThan: good)).verdict == .refuted)
    #expect(try #require(Claim(text: "t", good, isBetterThan: fair)).verdict == .undecided)
  }

  @Test func withoutTheSameSentencesThereIsNoClaim() {
    #expect(
      Claim(text: "t", student(correct: 1, of: 2), isBetterThan: student(correct: 1, of: 3)) == nil)
  }
}

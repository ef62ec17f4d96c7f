import Evaluation
import Labels
import Testing

@Suite struct EntityScoreTests {
  @Test func noSentenceScoresZeroAndNotNaN() {
    let score = EntityScore()
    #expect(score.overall.f1 == 0)
    #expect(score.overall.precision == 0)
    #expect(score.overall.recall == 0)
    #expect(score.tokenAccuracy == 0)
    #expect(score.parts.isEmpty)
  }

  @Test func emptySentenceCountsAsOne() {
    var score = EntityScore()
    score.add(gold: [String](), predicted: [])
    #expect(score.examples == [MatchCounts()])
  }

  @Test func partOfAnEntityIsNotCorrect() {
    var score = EntityScore()
    score.add(gold: ["B-PER", "I-PER", "O"], predicted: ["B-PER", "O", "O"])
    #expect(score.overall == MatchCounts(gold: 1, predicted: 1, correct: 0))
    #expect(score.words == 3)
    #expect(score.correctWords == 2)
  }

  @Test func unknownTagsJoinTheLabels() {
    var score = EntityScore(labels: ["O", "B-PER"])
    score.add(gold: [0, 1], predicted: [0, 1])
    score.add(gold: ["B-NEW", "O"], predicted: ["B-NEW", "B-PER"])
    #expect(score.labels.names == ["O", "B-PER", "B-NEW"])
    #expect(score.parts.map(\.name) == ["NEW", "PER"])
    #expect(score.parts[0].counts == MatchCounts(gold: 1, predicted: 1, correct: 1))
    #expect(score.parts[1].counts == MatchCounts(gold: 1, predicted: 2, correct: 1))
  }

  @Test func tableShowsTypesInOrderAndAllLast() {
    var score = EntityScore()
    score.add(gold: ["B-PER", "O", "B-LOC"], predicted: ["B-PER", "B-PER", "O"])
    #expect(
      score.table() == """
        type  precision  recall     F1  gold  predicted  correct
        ----  ---------  ------  -----  ----  ---------  -------
        LOC        0.00    0.00   0.00     1          0        0
        PER       50.00  100.00  66.67     1          2        1
        ----  ---------  ------  -----  ----  ---------  -------
        all       50.00   50.00  50.00     2          2        1

        """)
  }

  @Test func figuresNameEveryNumber() {
    var score = EntityScore()
    score.add(gold: ["B-PER", "O"], predicted: ["B-PER", "B-PER"])
    #expect(
      score.figures.map(\.name) == [
        "precision", "recall", "f1", "gold", "predicted", "correct", "token_accuracy", "words",
        "sentences",
      ])
    #expect(score.figures.map(\.value) == [0.5, 1, 2.0 / 3, 1, 2, 1, 0.5, 2, 1])
    #expect(score.figuresPerPart.map(\.name) == ["PER"])
  }
}

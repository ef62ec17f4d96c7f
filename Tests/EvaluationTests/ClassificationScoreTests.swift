import Evaluation
import Runtime
import Testing

@Suite struct ClassificationScoreTests {
  private func score(
    _ labels: [String], _ pairs: [(Int, Int)], positive: Int = 1
  ) -> ClassificationScore {
    var score = ClassificationScore(labels: labels, positive: positive)
    for (gold, predicted) in pairs { score.add(gold: gold, predicted: predicted) }
    return score
  }

  /// Two labels of which `share` are right, the same examples for the same seed.
  private func score(_ count: Int, right share: Double, seed: UInt64) -> ClassificationScore {
    var random = RandomStream(seed: seed, purpose: .testing)
    return score(
      ["no", "yes"],
      (0..<count).map { example in
        let gold = example % 3 == 0 ? 0 : 1
        return (gold, random.uniform() < share ? gold : 1 - gold)
      })
  }

  @Test func noExampleScoresZeroAndNotNaN() {
    let score = ClassificationScore(labels: ["no", "yes"])
    #expect(score.figures.allSatisfy { $0.value == 0 })
    #expect(score.figures.count == 8)
    #expect(score.interval() == BootstrapInterval(low: 0, high: 0))
  }

  @Test func oneLabelAloneHasNoCorrelation() {
    let score = score(["a", "b", "c"], [(1, 1), (1, 1), (1, 0)])
    #expect(score.matthewsCorrelation == 0)
    // Of the labels that occur: F1 of a is 0, that of b is 4 / 5, and c never occurs.
    #expect(abs(score.macroF1 - 0.4) < 1e-12)
    #expect(score.binary == nil)
  }

  @Test func thePositiveLabelIsTheOneThatWasChosen() {
    let pairs = [(0, 0), (1, 1), (1, 0), (1, 1)]
    let second = score(["no", "yes"], pairs)
    let first = score(["no", "yes"], pairs, positive: 0)
    #expect(second.binary == MatchCounts(gold: 3, predicted: 2, correct: 2))
    #expect(first.binary == MatchCounts(gold: 1, predicted: 2, correct: 1))
    #expect(first.accuracy == second.accuracy)
  }

  @Test func tablesShowLabelsFiguresAndConfusion() {
    let score = score(["different", "paraphrase"], [(0, 0), (0, 1), (1, 1), (1, 1)])
    #expect(
      score.table() == """
        label       precision  recall     F1  gold  predicted  correct
        ----------  ---------  ------  -----  ----  ---------  -------
        different      100.00   50.00  66.67     2          1        1
        paraphrase      66.67  100.00  80.00     2          3        2
        ----------  ---------  ------  -----  ----  ---------  -------
        all             75.00   75.00  75.00     4          4        3

        accuracy 75.00, F1 of paraphrase 80.00, macro F1 73.33, Matthews correlation 0.5774

        gold \\ predicted  different  paraphrase
        ----------------  ---------  ----------
        different                 1           1
        paraphrase                0           2

        """)
  }

  @Test func manyLabelsAreAListOfTheCommonestConfusions() {
    let names = (0..<9).map { "l\($0)" }
    let table = score(names, [(0, 1), (0, 1), (2, 3), (4, 4)]).table()
    #expect(
      table.hasSuffix(
        """

        gold  predicted  count
        ----  ---------  -----
        l0    l1             2
        l2    l3             1

        """))
  }

  @Test func figuresNameEveryNumber() {
    let two = score(["no", "yes"], [(0, 0), (1, 1), (1, 0)])
    #expect(
      two.figures.map(\.name) == [
        "accuracy", "precision", "recall", "f1", "macro_f1", "matthews_correlation", "correct",
        "examples",
      ])
    #expect(two.figures.last?.value == 3)
    #expect(two.figuresPerPart.map(\.name) == ["no", "yes"])
    let three = score(["a", "b", "c"], [(0, 0)])
    #expect(!three.figures.map(\.name).contains("f1"))
  }

  @Test func intervalIsThatOfAProportion() {
    let score = score(2000, right: 0.8, seed: 1)
    let error = (score.accuracy * (1 - score.accuracy) / 2000).squareRoot()
    let interval = score.interval(resamples: 4000)
    #expect(abs(interval.low - (score.accuracy - 1.96 * error)) < 0.1 * error)
    #expect(abs(interval.high - (score.accuracy + 1.96 * error)) < 0.1 * error)
  }

  @Test func theDifferenceOfAccuraciesIsTested() {
    let (good, bad) = (score(500, right: 0.9, seed: 1), score(500, right: 0.7, seed: 2))
    let comparison = good.comparison(with: bad)
    #expect(abs(comparison.difference - (good.accuracy - bad.accuracy)) < 1e-12)
    #expect(comparison.pValue < 0.001 && comparison.interval.low > 0)
    #expect(good.comparison(with: good).pValue == 1)
  }

  @Test func theF1OfALabelIsTestedOnItsOwnCounts() throws {
    let (good, bad) = (score(500, right: 0.9, seed: 1), score(500, right: 0.7, seed: 2))
    let comparison = Bootstrap.pairedComparison(good.examples(of: 1), bad.examples(of: 1))
    let (first, second) = (try #require(good.binary), try #require(bad.binary))
    #expect(abs(comparison.difference - (first.f1 - second.f1)) < 1e-12)
  }

  @Test func mcNemarCountsWhatOnlyOneHasRight() {
    let first = score(["a", "b"], [(0, 0), (0, 0), (1, 1), (1, 0), (0, 1)])
    let second = score(["a", "b"], [(0, 1), (0, 0), (1, 0), (1, 1), (0, 1)])
    let test = McNemarTest(first, second)
    #expect(test.onlyFirst == 2 && test.onlySecond == 1)
    #expect(test.pValue == SignTest.pValue(above: 2, below: 1))
  }

  @Test func mcNemarAndTheBootstrapAgreeOnManyExamples() {
    let (one, other) = (score(3000, right: 0.81, seed: 3), score(3000, right: 0.79, seed: 4))
    let exact = McNemarTest(one, other).pValue
    let bootstrap = one.comparison(with: other).pValue
    #expect(abs(exact - bootstrap) < 0.03, "\(exact) and \(bootstrap)")
  }

  @Test func groupsAreScoredEachOnItsOwn() {
    var groups = ScoreByGroup(labels: ["different", "paraphrase"])
    groups.add(gold: 1, predicted: 1, group: "paraphrase")
    groups.add(gold: 0, predicted: 1, group: "far")
    groups.add(gold: 1, predicted: 0, group: "paraphrase")
    // Names that look alike are two.
    groups.add(gold: 0, predicted: 0, group: "caf\u{E9}")
    groups.add(gold: 0, predicted: 0, group: "cafe\u{301}")
    #expect(
      groups.groups.map(\.score.overall.correct) == [1, 1, 0, 1])
    #expect(groups.groups.map(\.score.overall.gold) == [1, 1, 1, 2])
    #expect(
      groups.table(of: "kind").split(separator: "\n").last
        == "paraphrase     50.00    0.00  100.00         2        1")
  }
}

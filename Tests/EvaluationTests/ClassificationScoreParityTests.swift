import Evaluation
import Files
import Runtime
import TestSupport
import Testing

/// Parity with scikit-learn over Fixtures/classification.txt, which Tests/References/classification.py writes.
@Suite struct ClassificationScoreParityTests {
  /// The score of a case, drawn as the script draws it.
  private func score(seed: Int) -> ClassificationScore {
    var random = RandomStream(seed: UInt64(seed), purpose: .testing)
    let labels = 2 + random.integer(below: 6)
    let examples = 1 + random.integer(below: 60)
    let first = random.integer(below: labels)
    let goldLabels = 1 + random.integer(below: labels)
    let predictedLabels = 1 + random.integer(below: labels)
    let skill = random.uniform()
    var score = ClassificationScore(labels: (0..<labels).map { "l\($0)" }, positive: seed % 2)
    for _ in 0..<examples {
      let gold = (first + random.integer(below: goldLabels)) % labels
      let isRight = random.uniform() < skill
      score.add(
        gold: gold,
        predicted: isRight ? gold : (first + random.integer(below: predictedLabels)) % labels)
    }
    return score
  }

  @Test func everyFigureIsScikitLearns() throws {
    let reader = try LineReader(path: fixture("EvaluationTests/Fixtures/classification.txt"))
    var labelCounts: Set<Int> = []
    var seed = 0
    while let line = try reader.nextString() {
      let expected = line.split(separator: " ").compactMap { Double($0) }
      let score = score(seed: seed)
      func sum(_ figure: (MatchCounts) -> Double) -> Double {
        score.counts.enumerated().reduce(0) { $0 + Double($1.offset + 1) * figure($1.element) }
      }
      let ofPositive = score.binary.map { [$0.precision, $0.recall, $0.f1] } ?? []
      let found =
        [
          score.accuracy, score.macroF1, score.matthewsCorrelation,
          sum(\.precision), sum(\.recall), sum(\.f1),
        ] + ofPositive
      try #require(found.count == expected.count, "case \(seed)")
      for (place, (value, golden)) in zip(found, expected).enumerated() {
        #expect(abs(1e6 * value - golden) < 0.6, "case \(seed), figure \(place)")
      }
      labelCounts.insert(score.labels.count)
      seed += 1
    }
    #expect(seed == 2000)
    #expect(labelCounts == [2, 3, 4, 5, 6, 7])
  }

  @Test func countsAndConfusionAddUp() {
    for seed in 0..<200 {
      let score = score(seed: seed)
      for (label, name) in score.labels.enumerated() {
        let row = score.labels.map { score.confusion[gold: name, predicted: $0] }
        let column = score.labels.map { score.confusion[gold: $0, predicted: name] }
        #expect(row.reduce(0, +) == score.counts[label].gold)
        #expect(column.reduce(0, +) == score.counts[label].predicted)
        #expect(row[label] == score.counts[label].correct)
        let ofLabel = score.examples(of: label).reduce(into: MatchCounts()) { $0.add($1) }
        #expect(ofLabel == score.counts[label])
      }
      #expect(score.examples.reduce(into: MatchCounts()) { $0.add($1) } == score.overall)
    }
  }
}

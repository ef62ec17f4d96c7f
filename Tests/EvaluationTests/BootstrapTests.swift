import Evaluation
import Runtime
import Testing

@Suite struct BootstrapTests {
  /// Sentences with two gold entities each, found with the given probability.
  private func sentences(_ count: Int, recall: Double, seed: UInt64) -> [MatchCounts] {
    var random = RandomStream(seed: seed, purpose: .testing)
    return (0..<count).map { _ in
      let correct = (random.uniform() < recall ? 1 : 0) + (random.uniform() < recall ? 1 : 0)
      return MatchCounts(gold: 2, predicted: 2, correct: correct)
    }
  }

  @Test func intervalDependsOnTheSeedAlone() {
    let data = sentences(100, recall: 0.8, seed: 1)
    let first = Bootstrap.interval(of: data, seed: 7)
    #expect(first == Bootstrap.interval(of: data, seed: 7))
    #expect(first != Bootstrap.interval(of: data, seed: 8))
  }

  @Test func intervalIsTheListedOne() {
    let data = sentences(50, recall: 0.7, seed: 3)
    let interval = Bootstrap.interval(of: data, resamples: 200, seed: 5)
    // What the seed gives must not change from version to version.
    #expect(abs(interval.low - 0.60975) < 1e-12, "\(interval.low)")
    #expect(abs(interval.high - 0.78) < 1e-12, "\(interval.high)")
  }

  @Test func intervalEqualsTheTheoryOfAProportion() {
    // Every sentence has as many predicted as gold entities, so F1 is a mean of `correct / 2` over sentences, whose
    // standard error is known: sd / sqrt(n).
    let data = sentences(2000, recall: 0.8, seed: 2)
    let values = data.map { Double($0.correct) / 2 }
    let mean = values.reduce(0, +) / 2000
    let variance = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 2000
    let error = (variance / 2000).squareRoot()
    let interval = Bootstrap.interval(of: data, resamples: 4000)
    #expect(abs(interval.low - (mean - 1.96 * error)) < 0.1 * error)
    #expect(abs(interval.high - (mean + 1.96 * error)) < 0.1 * error)
    #expect(interval.level == 0.95)
  }

  @Test func intervalOfEqualSentencesIsAPoint() {
    let data = [MatchCounts](
      repeating: MatchCounts(gold: 2, predicted: 2, correct: 1), count: 10)
    #expect(Bootstrap.interval(of: data) == BootstrapInterval(low: 0.5, high: 0.5))
  }

  @Test func noSentencesGiveZero() {
    #expect(Bootstrap.interval(of: []) == BootstrapInterval(low: 0, high: 0))
    #expect(Bootstrap.pairedComparison([], []).pValue == 1)
  }

  @Test func aModelAgainstItselfIsUndecided() {
    let data = sentences(100, recall: 0.8, seed: 1)
    let comparison = Bootstrap.pairedComparison(data, data, resamples: 500)
    #expect(comparison.difference == 0)
    #expect(comparison.interval.low == 0)
    #expect(comparison.interval.high == 0)
    #expect(comparison.pValue == 1)
  }

  @Test func aClearDifferenceIsSignificantEitherWay() {
    let good = sentences(500, recall: 0.9, seed: 1)
    let bad = sentences(500, recall: 0.7, seed: 2)
    let forward = Bootstrap.pairedComparison(good, bad, resamples: 1000)
    let backward = Bootstrap.pairedComparison(bad, good, resamples: 1000)
    #expect(forward.pValue == 1.0 / 1001)
    #expect(backward.pValue == 1.0 / 1001)
    #expect(forward.interval.low > 0.1)
    #expect(forward.difference == -backward.difference)
  }

  @Test func aShareOfTheOthersF1IsWhatCounts() {
    let good = sentences(500, recall: 0.9, seed: 1)
    let bad = sentences(500, recall: 0.7, seed: 2)
    let whole = Bootstrap.pairedComparison(bad, good, resamples: 1000)
    let half = Bootstrap.pairedComparison(bad, good, share: 0.5, resamples: 1000)
    #expect(whole.difference < 0 && half.difference > 0)
    #expect(half.pValue == 1.0 / 1001)
    let same = Bootstrap.pairedComparison(good, good, share: 0.5, resamples: 1000)
    let interval = Bootstrap.interval(of: good)
    // F1 - F1 / 2 over the same resamples is half of F1.
    #expect(abs(same.interval.low - interval.low / 2) < 1e-12)
    #expect(abs(same.interval.high - interval.high / 2) < 1e-12)
  }

  @Test func equallyGoodModelsAreRejectedAtTheStatedRate() {
    var rejected = 0
    for trial in 0..<200 {
      let first = sentences(100, recall: 0.8, seed: UInt64(2 * trial))
      let second = sentences(100, recall: 0.8, seed: UInt64(2 * trial + 1))
      let comparison = Bootstrap.pairedComparison(
        first, second, resamples: 200, seed: UInt64(trial))
      if comparison.pValue <= 0.05 { rejected += 1 }
    }
    // Binomial(200, 0.05) has mean 10 and standard deviation 3.1.
    #expect((2...20).contains(rejected), "\(rejected) of 200")
  }
}

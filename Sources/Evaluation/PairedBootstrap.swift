import Runtime

/// How the F1, or accuracy, of two models differs on the same examples, and whether chance could explain it.
public struct PairedComparison: Sendable, Equatable {
  /// F1 of the first model minus F1 of the second, or minus the share of it that was asked for.
  public let difference: Double
  /// The 95 % bootstrap interval of the difference.
  public let interval: BootstrapInterval
  /// The two-sided p-value of "the two models are equally good".
  public let pValue: Double

  /// A comparison that is already known, for example from a stored report.
  public init(difference: Double, interval: BootstrapInterval, pValue: Double) {
    self.difference = difference
    self.interval = interval
    self.pValue = pValue
  }
}

extension Bootstrap {
  /// The paired bootstrap test of two models on the same examples (Efron and Tibshirani 1993, section 16.4).
  ///
  /// With d the observed difference and d* that of a resample, d* - d is distributed as a difference would be if the models
  /// were equally good, so
  ///
  ///     p = (1 + number of resamples with |d* - d| >= |d|) / (resamples + 1)
  ///
  /// Both models are pooled over the same drawn examples. Berg-Kirkpatrick et al. (2012) give the one-sided form. With a
  /// share below 1 the test is whether the first model keeps that share of the second's F1: d = F1 - share F1'.
  ///
  /// - Parameters:
  ///   - first: the counts of each example under the first model.
  ///   - second: the counts of the same examples, in the same order, under the second.
  ///   - share: the share of the second model's F1 that the first is held to, above 0.
  ///   - resamples: how many resamples are drawn, at least 1; the p-value is never below 1 / (resamples + 1).
  ///   - seed: the seed of the random streams, one a resample.
  /// - Returns: the difference (first minus share of second) with its interval and p-value.
  public static func pairedComparison(
    _ first: [MatchCounts], _ second: [MatchCounts], share: Double = 1, resamples: Int = 10_000,
    seed: UInt64 = 0
  ) -> PairedComparison {
    precondition(
      first.count == second.count, "\(first.count) examples against \(second.count)")
    let firstCounts = packed(first)
    let secondCounts = packed(second)
    let observed = f1(sum(firstCounts)) - share * f1(sum(secondCounts))
    var differences = [Double](repeating: 0, count: resamples)
    var asExtreme = 0
    // Rounding must not hide a resample that is exactly as extreme as the observation.
    let threshold = abs(observed) - 1e-12
    for resample in 0..<resamples {
      let (firstSum, secondSum) = pooledPair(firstCounts, secondCounts, seed: seed, resample)
      let difference = f1(firstSum) - share * f1(secondSum)
      differences[resample] = difference
      if abs(difference - observed) >= threshold { asExtreme += 1 }
    }
    return PairedComparison(
      difference: observed, interval: percentileInterval(of: differences, level: 0.95),
      pValue: Double(1 + asExtreme) / Double(resamples + 1))
  }

  /// The pooled counts of both models over the sentences of one resample.
  private static func pooledPair(
    _ first: [SIMD4<Int32>], _ second: [SIMD4<Int32>], seed: UInt64, _ resample: Int
  ) -> (SIMD4<Int32>, SIMD4<Int32>) {
    var random = RandomStream(seed: seed, purpose: .bootstrap, index: UInt64(resample))
    var firstSum = SIMD4<Int32>()
    var secondSum = SIMD4<Int32>()
    for _ in 0..<first.count {
      let example = random.integer(below: first.count)
      firstSum &+= first[example]
      secondSum &+= second[example]
    }
    return (firstSum, secondSum)
  }

  private static func sum(_ counts: [SIMD4<Int32>]) -> SIMD4<Int32> {
    counts.reduce(into: SIMD4<Int32>()) { $0 &+= $1 }
  }
}

import Runtime

/// A percentile interval from the bootstrap (Efron and Tibshirani 1993, chapter 13).
public struct BootstrapInterval: Sendable, Equatable {
  /// The lower end.
  public let low: Double
  /// The upper end.
  public let high: Double
  /// The share of the resamples that lie between the two, 0.95 for a 95 % interval.
  public let level: Double

  /// An interval that is already known, for example from a stored report.
  public init(low: Double, high: Double, level: Double = 0.95) {
    self.low = low
    self.high = high
    self.level = level
  }
}

/// Resampling of examples: what F1, or accuracy, might have been on other test examples of the same kind.
public enum Bootstrap {
  /// The percentile interval of F1 over examples.
  ///
  /// Each resample draws as many examples as there are, with replacement, and pools their counts. The result depends on
  /// the seed alone; an empty list gives 0...0.
  ///
  /// - Parameters:
  ///   - examples: the counts of each example; where each has one gold and one predicted label, F1 is the accuracy.
  ///   - resamples: how many resamples are drawn, at least 1.
  ///   - level: the share of resamples inside the interval, in 0...1.
  ///   - seed: the seed of the random streams, one a resample.
  /// - Returns: the interval, as fractions in 0...1.
  public static func interval(
    of examples: [MatchCounts], resamples: Int = 1000, level: Double = 0.95, seed: UInt64 = 0
  ) -> BootstrapInterval {
    let counts = packed(examples)
    let values = (0..<resamples).map { resample in
      f1(pooled(counts, seed: seed, resample: resample))
    }
    return percentileInterval(of: values, level: level)
  }

  /// One vector (gold, predicted, correct, 0) an example, so that adding an example is one instruction.
  static func packed(_ examples: [MatchCounts]) -> [SIMD4<Int32>] {
    examples.map {
      SIMD4(
        Int32(clamping: $0.gold), Int32(clamping: $0.predicted), Int32(clamping: $0.correct), 0)
    }
  }

  static func f1(_ counts: SIMD4<Int32>) -> Double {
    MatchCounts(gold: Int(counts[0]), predicted: Int(counts[1]), correct: Int(counts[2])).f1
  }

  /// The pooled counts of one resample.
  static func pooled(_ counts: [SIMD4<Int32>], seed: UInt64, resample: Int) -> SIMD4<Int32> {
    var random = RandomStream(seed: seed, purpose: .bootstrap, index: UInt64(resample))
    var sum = SIMD4<Int32>()
    for _ in 0..<counts.count { sum &+= counts[random.integer(below: counts.count)] }
    return sum
  }

  /// The interval between the (1 - level) / 2 and (1 + level) / 2 quantiles, linear between neighbours.
  static func percentileInterval(of values: [Double], level: Double) -> BootstrapInterval {
    precondition((0...1).contains(level), "level \(level) must be in 0...1")
    precondition(!values.isEmpty, "an interval needs at least one resample")
    let sorted = values.sorted()
    return BootstrapInterval(
      low: quantile((1 - level) / 2, of: sorted), high: quantile((1 + level) / 2, of: sorted),
      level: level)
  }

  private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
    let place = share * Double(sorted.count - 1)
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
  }
}

/// The exact sign test: whether a coin could have fallen this often on one side.
public enum SignTest {
  /// The two-sided p-value of "above and below are equally likely", ties left out.
  ///
  /// With n = above + below and X binomial(n, 1/2),
  ///
  ///     p = min(1, 2 P(X >= max(above, below)))
  ///
  /// so that with fewer than 6 observations no outcome has p < 0.05.
  ///
  /// - Parameters:
  ///   - above: How many observations lie above the value in question.
  ///   - below: How many lie below it.
  /// - Returns: The p-value, in 0...1; 1 without observations.
  public static func pValue(above: Int, below: Int) -> Double {
    let count = above + below
    // Weights proportional to P(X = k), from the middle, where they are largest, upwards, so that none of those that matter
    // underflows: P(X = k + 1) = P(X = k) (n - k) / (k + 1).
    var weight = 1.0
    var upperHalf = 0.0
    var tail = 0.0
    for successes in (count + 1) / 2...count {
      upperHalf += weight
      if successes >= max(above, below) { tail += weight }
      weight *= Double(count - successes) / Double(successes + 1)
    }
    // The other half mirrors this one; an even count shares the weight in the middle, which is 1.
    let total = 2 * upperHalf - (count.isMultiple(of: 2) ? 1 : 0)
    return min(1, 2 * tail / total)
  }
}

/// McNemar's exact test of two classifiers on the same examples: the sign test over the examples that only one has right.
public struct McNemarTest: Sendable, Equatable {
  /// How many examples only the first has right.
  public let onlyFirst: Int
  /// How many examples only the second has right.
  public let onlySecond: Int
  /// The two-sided p-value of "the two are equally often right".
  public let pValue: Double

  /// Compares two scores on the same examples in the same order.
  public init(_ first: ClassificationScore, _ second: ClassificationScore) {
    let (first, second) = (first.examples, second.examples)
    precondition(first.count == second.count, "\(first.count) examples against \(second.count)")
    onlyFirst = zip(first, second).count { $0.correct > $1.correct }
    onlySecond = zip(first, second).count { $0.correct < $1.correct }
    pValue = SignTest.pValue(above: onlyFirst, below: onlySecond)
  }
}

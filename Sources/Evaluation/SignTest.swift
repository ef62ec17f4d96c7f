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
    // P(X = n) = 2^-n, and P(X = k) = P(X = k + 1) (k + 1) / (n - k).
    var probability = 1.0
    for _ in 0..<count { probability /= 2 }
    var tail = 0.0
    var successes = count
    while successes >= max(above, below), successes >= 0 {
      tail += probability
      probability *= Double(successes) / Double(count - successes + 1)
      successes -= 1
    }
    return min(1, 2 * tail)
  }
}

import Evaluation
import Testing

@Suite struct SignTestTests {
  /// The values of scipy.stats.binomtest(above, above + below).pvalue.
  @Test(arguments: [
    (6, 0, 0.03125), (0, 6, 0.03125), (5, 1, 0.21875), (5, 0, 0.0625), (3, 3, 1), (4, 3, 1),
    (9, 1, 0.021484375), (14, 6, 0.11531829833984375), (60, 40, 0.05688793364098078),
  ])
  func agreesWithTheBinomialTest(_ above: Int, _ below: Int, _ pValue: Double) {
    #expect(abs(SignTest.pValue(above: above, below: below) - pValue) < 1e-12)
  }

  /// The same of so many observations that 2^-n is no number.
  @Test(arguments: [
    (1600, 1400, 0.00027856396103923366), (40_000, 39_000, 0.00037894900970468265),
    (2000, 2010, 0.886983598049673),
  ])
  func agreesOnManyObservations(_ above: Int, _ below: Int, _ pValue: Double) {
    #expect(abs(SignTest.pValue(above: above, below: below) / pValue - 1) < 1e-9)
  }

  @Test func nothingObservedSaysNothing() {
    #expect(SignTest.pValue(above: 0, below: 0) == 1)
  }
}

import Evaluation
import Testing

@Suite struct CalibrationTests {
  private static func predictions(_ list: [(Double, Bool)]) -> [Calibration.Prediction] {
    list.map { Calibration.Prediction(confidence: $0.0, isCorrect: $0.1) }
  }

  @Test func binsHaveEqualMassAndTheErrorIsTheirMeanGap() {
    let calibration = Calibration(
      of: Self.predictions([
        (0.9, true), (0.5, false), (0.95, true), (0.6, true), (0.7, false), (0.99, false),
      ]), binCount: 3)
    #expect(calibration.bins.map(\.count) == [2, 2, 2])
    #expect(calibration.bins.map(\.accuracy) == [0.5, 0.5, 0.5])
    #expect(abs(calibration.bins[0].meanConfidence - 0.55) < 1e-12)
    #expect(abs(calibration.bins[1].meanConfidence - 0.8) < 1e-12)
    // (2 * 0.05 + 2 * 0.3 + 2 * 0.47) / 6
    #expect(abs(calibration.expectedError - 1.64 / 6) < 1e-12)
    #expect(calibration.text(of: "entities") == "calibration error 27.33 % over 6 entities")
  }

  @Test(arguments: [0, 1, 7, 10, 11, 99, 100, 101]) func everyPredictionIsInOneBin(_ count: Int) {
    let list = (0..<count).map { number -> (Double, Bool) in
      (Double(number * 37 % 100) / 100, number % 3 == 0)
    }
    let calibration = Calibration(of: Self.predictions(list))
    #expect(calibration.count == count && calibration.bins.count == min(count, 10))
    let counts = calibration.bins.map(\.count)
    #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1)
    let means = calibration.bins.map(\.meanConfidence)
    #expect(means == means.sorted())
  }

  @Test func perfectAndHopelessConfidence() {
    let perfect = Self.predictions([(1, true), (1, true), (0, false)])
    #expect(Calibration(of: perfect).expectedError == 0)
    let hopeless = Self.predictions([(1, false), (1, false)])
    #expect(Calibration(of: hopeless).expectedError == 1)
    #expect(Calibration(of: []).expectedError == 0)
  }
}

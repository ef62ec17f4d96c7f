import Evaluation
import JSON

extension Calibration {
  /// The calibration as a JSON object: the expected error, a fraction in 0...1, the number of predictions, and the bins.
  public var json: JSONValue {
    [
      "expected_error": .number(expectedError), "count": .integer(count),
      "bins": .array(
        bins.map {
          [
            "mean_confidence": .number($0.meanConfidence), "accuracy": .number($0.accuracy),
            "count": .integer($0.count),
          ]
        }),
    ]
  }
}

import Evaluation
import JSON

extension Calibration {
  /// The calibration as a JSON object: the expected error, a fraction in 0...1, and the bins.
  public var json: JSONValue {
    [
      "error": .number(expectedError), "entities": .integer(count),
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

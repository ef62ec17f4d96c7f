import Files
import JSON
import Training

/// How long a model was trained and how its score rose, kept beside it as training.json.
///
/// A run that finds the model up to date can so tell what a run that trains it would.
public struct TrainingRecord: Sendable, Equatable {
  /// Seconds of training and judging.
  public let seconds: Double
  /// The score on the development examples after each epoch, fractions in 0...1.
  public let devScores: [Double]
  /// The epoch whose parameters were kept, counted from 1.
  public let bestEpoch: Int

  /// The record of a training that has just ended.
  public init(_ outcome: TrainingOutcome) {
    seconds = outcome.seconds
    devScores = outcome.devScores
    bestEpoch = outcome.bestEpoch
  }

  /// Reads the record beside a model; nil where there is none, as for a model that came from elsewhere.
  public init?(besideModel folder: String) {
    guard let json = try? JSONValue.read(path: TrainingRecord.path(in: folder)),
      let seconds = json["seconds"]?.double, seconds >= 0, seconds.isFinite,
      let scores = json["dev_f1"]?.array?.compactMap(\.double),
      scores.allSatisfy((0...1).contains), let bestEpoch = json["best_epoch"]?.int
    else { return nil }
    self.seconds = seconds
    devScores = scores
    self.bestEpoch = bestEpoch
  }

  /// Writes the record beside a model.
  ///
  /// - Throws: `FileError` when the system cannot write.
  public func write(besideModel folder: String) throws {
    let json: JSONValue = [
      "seconds": .number(seconds), "best_epoch": .integer(bestEpoch),
      "dev_f1": .array(devScores.map(JSONValue.number)),
    ]
    try AtomicFileWriter.write(json.text(.pretty) + "\n", to: TrainingRecord.path(in: folder))
  }

  private static func path(in folder: String) -> String { "\(folder)/training.json" }
}

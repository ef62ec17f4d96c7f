import Layers

/// A training objective whose weights move along a line from the first step to the last.
///
///     weight at a share s of all steps = (1 - s) start + s end
///
/// So a student may learn from its teacher first and from the gold labels in the end (teacher annealing, Clark and others
/// 2019, arXiv 1907.04829, section 3.2).
public struct ObjectiveSchedule: Sendable, Equatable {
  /// The objective of the first step.
  public let start: LogitObjective
  /// The objective that the last step comes close to; of the same temperature.
  public let end: LogitObjective

  /// One objective for all steps, or one that moves to another.
  public init(_ start: LogitObjective, movingTo end: LogitObjective? = nil) {
    precondition(
      end.map { $0.temperature == start.temperature } ?? true, "a temperature cannot move")
    self.start = start
    self.end = end ?? start
  }

  /// The cross-entropy with gold labels alone.
  public static let goldLabels = ObjectiveSchedule(.goldLabels)

  /// The objective at a share of all steps, from 0 to 1.
  public func objective(at share: Float) -> LogitObjective {
    guard start != end else { return start }
    func weight(_ part: KeyPath<LogitObjective, Float>) -> Float {
      (1 - share) * start[keyPath: part] + share * end[keyPath: part]
    }
    return LogitObjective(
      meanSquaredError: weight(\.meanSquaredError), divergence: weight(\.divergence),
      temperature: start.temperature, crossEntropy: weight(\.crossEntropy))
  }

  /// The first objective and the last as lines `name=value`, for the key of what is trained.
  public var keyLines: [String] {
    start.keyLines.map { "start.\($0)" } + end.keyLines.map { "end.\($0)" }
  }
}

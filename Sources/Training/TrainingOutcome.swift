/// What a training run came to.
public struct TrainingOutcome: Sendable, Equatable {
  /// The loss of each step.
  public var losses: [Double] = []
  /// The dev score after each epoch, 0 to 1; empty without a dev set.
  public var devScores: [Double] = []
  /// Rows taught, words or examples, all epochs together.
  public var rows = 0
  /// Seconds of training and judging; those of all parts of a run that was taken up again.
  public var seconds = 0.0
  /// The epoch whose parameters were kept, counted from 1.
  public var bestEpoch = 0

  /// An outcome to be filled.
  public init() {}

  /// The figures of a run that goes on.
  init(losses: [Double], devScores: [Double], rows: Int, seconds: Double) {
    self.losses = losses
    self.devScores = devScores
    self.rows = rows
    self.seconds = seconds
  }
}

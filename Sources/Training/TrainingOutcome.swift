/// What a training run came to.
public struct TrainingOutcome: Sendable, Equatable {
  /// The loss of each step.
  public var losses: [Double] = []
  /// The dev F1 after each epoch; empty without a dev set.
  public var devF1: [Double] = []
  /// Words passed, all epochs together.
  public var words = 0
  /// Seconds of training and judging; those of all parts of a run that was taken up again.
  public var seconds = 0.0
  /// The epoch whose parameters were kept, counted from 1.
  public var bestEpoch = 0

  /// An outcome to be filled.
  public init() {}

  /// The figures of a run that goes on.
  init(losses: [Double], devF1: [Double], words: Int, seconds: Double) {
    self.losses = losses
    self.devF1 = devF1
    self.words = words
    self.seconds = seconds
  }
}

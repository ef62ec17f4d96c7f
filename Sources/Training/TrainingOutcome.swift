/// What a training run came to.
public struct TrainingOutcome: Sendable, Equatable {
  /// The loss of each step.
  public var losses: [Double] = []
  /// The dev F1 after each epoch; empty without a dev set.
  public var devF1: [Double] = []
  /// The epoch whose parameters were kept, counted from 1.
  public var bestEpoch = 0
  /// Words passed, all epochs together.
  public var words = 0
  /// Seconds of training and judging.
  public var seconds = 0.0

  /// An outcome to be filled.
  public init() {}
}

/// How far a training run is.
public struct TrainingProgress: Sendable, Equatable {
  /// The epoch, counted from 1.
  public private(set) var epoch = 1
  /// The epochs planned.
  public let epochs: Int
  /// Steps done.
  public private(set) var step = 0
  /// The steps planned.
  public let totalSteps: Int
  /// The running mean of the loss.
  public private(set) var loss = 0.0
  /// Rows taught each second, words or examples.
  public private(set) var rowsPerSecond = 0.0
  /// The dev score after the last epoch; nil before.
  public private(set) var devScore: Double?
  /// How often the dev set was scored, since the process began.
  public private(set) var devScoreCount = 0
  /// Seconds to go at the speed so far.
  public private(set) var secondsLeft = 0.0

  init(epochs: Int, totalSteps: Int) {
    self.epochs = epochs
    self.totalSteps = totalSteps
  }

  /// Takes up the figures of a run that goes on.
  mutating func resume(_ outcome: TrainingOutcome, epoch: Int) {
    for (step, loss) in outcome.losses.enumerated() {
      note(
        epoch: epoch, step: step + 1, loss: loss, rows: outcome.rows, seconds: outcome.seconds)
    }
    devScore = outcome.devScores.last
  }

  /// The share of the steps that is done, 0 to 1.
  public var fraction: Double { Double(step) / Double(max(totalSteps, 1)) }

  mutating func note(devScore: Double) {
    self.devScore = devScore
    devScoreCount += 1
  }

  mutating func note(epoch: Int, step: Int, loss: Double, rows: Int, seconds: Double) {
    self.epoch = epoch
    self.loss = step <= 1 ? loss : 0.98 * self.loss + 0.02 * loss
    self.step = step
    rowsPerSecond = Double(rows) / max(seconds, 1e-9)
    secondsLeft = seconds / Double(max(step, 1)) * Double(totalSteps - step)
  }
}

extension Duration {
  /// The duration in seconds.
  public var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}

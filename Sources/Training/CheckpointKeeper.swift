import Runtime

/// Writes a run's checkpoint when its time has come, and when a signal asks for an end.
final class CheckpointKeeper {
  private let file: CheckpointFile
  private var lastWritten = ContinuousClock().now

  init(_ file: CheckpointFile) {
    self.file = file
  }

  /// To be called wherever the state is whole: after each step and after each epoch.
  ///
  /// - Throws: `Interrupted` when a signal has asked for an end, `FileError` when the system cannot write,
  ///   `DivergedTraining` for weights that are not finite, which are never written.
  func stepEnded(_ state: TrainingState, of totalSteps: Int) throws {
    if let signal = Interruption.requested {
      try save(state)
      throw Interrupted(
        signal: signal, kept: "\(file.path) keeps step \(state.step) of \(totalSteps)")
    }
    guard (ContinuousClock().now - lastWritten).seconds >= 60 * file.policy.minutes else { return }
    try save(state)
    lastWritten = ContinuousClock().now
  }

  private func save(_ state: TrainingState) throws {
    guard state.isFinite else { throw DivergedTraining(quantity: .weight, step: state.step) }
    try file.save(state)
  }
}

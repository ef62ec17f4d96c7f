import ArgumentParser
import Training

/// What decides how a training is kept on disk and taken up again.
public struct CheckpointOptions: ParsableArguments {
  /// The minutes between two checkpoints.
  @Option(
    help: ArgumentHelp(
      "Minutes between the checkpoints of a training; 0 saves one after every step. Ctrl-C also saves one. Shorter "
        + "intervals cost time; longer ones lose more work in a power failure.",
      valueName: "minutes"))
  public var checkpointMinutes = CheckpointPolicy().minutes

  /// Whether interrupted stages are taken up.
  @Flag(
    inversion: .prefixedNo,
    help: ArgumentHelp(
      "Resume an interrupted stage from its last checkpoint if its inputs and settings are the same; the result is "
        + "byte-identical. With --no-resume the stage starts again and replaces the checkpoint."))
  public var resume = true

  /// The defaults.
  public init() {}

  /// Checks the range.
  public func validate() throws {
    guard (0...100_000).contains(checkpointMinutes) else {
      throw ValidationError("--checkpoint-minutes \(checkpointMinutes) is not in 0...100000.")
    }
  }

  /// The policy of the trainings.
  public var policy: CheckpointPolicy {
    var policy = CheckpointPolicy()
    policy.minutes = checkpointMinutes
    policy.resumes = resume
    return policy
  }
}

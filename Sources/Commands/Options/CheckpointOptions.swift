import ArgumentParser
import Training

/// What decides how a training is kept on disk and taken up again.
public struct CheckpointOptions: ParsableArguments {
  /// The minutes between two checkpoints.
  @Option(
    help: ArgumentHelp(
      "Keep a training on disk every so many minutes, and at Ctrl-C; 0 keeps every step. More often costs time, less "
        + "often loses more when the power fails.",
      valueName: "minutes"))
  public var checkpointMinutes = CheckpointPolicy().minutes

  /// Whether interrupted stages are taken up.
  @Flag(
    inversion: .prefixedNo,
    help: ArgumentHelp(
      "Go on with an interrupted stage from its last checkpoint, to the same bytes, if its inputs and settings are those "
        + "of the checkpoint. With --no-resume it starts anew, and its checkpoint is replaced."))
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

import Files
import Kernels
import ModelFiles
import Runtime

/// How often a training run is kept on disk, and whether one that was cut off is taken up.
public struct CheckpointPolicy: Sendable, Equatable {
  /// The minutes between two checkpoints; 0 keeps every step.
  public var minutes = 5.0
  /// Whether a run goes on from a checkpoint of its own that is there.
  public var resumes = true

  /// The defaults above.
  public init() {}
}

/// What became of a checkpoint that a run was to go on from.
public enum Resumption: Sendable, Equatable {
  /// There is none.
  case none
  /// The run goes on behind so many steps.
  case taken(step: Int)
  /// It belongs to a run with another key.
  case otherKey
  /// It is not wanted.
  case declined
  /// It cannot be read, for the given reason.
  case unusable(String)
}

/// The checkpoint of one training run: a safetensors file that is replaced as the run goes on.
///
/// It holds the weights, the optimiser's moments and row ages, the average and the best weights where there are any, and the
/// run's figures, from whose lengths the position in epoch and batch order follows. What it does not hold (the random
/// numbers, the order of the batches) follows from seed, epoch and step.
public struct CheckpointFile: Sendable {
  /// Where it lies.
  public let path: String
  /// What the run is made from; a checkpoint with another key is never taken.
  public let key: String
  /// How often it is written, and whether it is read.
  public let policy: CheckpointPolicy
  static let version = "2"

  /// Names a run's checkpoint.
  public init(path: String, key: String, policy: CheckpointPolicy = CheckpointPolicy()) {
    self.path = path
    self.key = key
    self.policy = policy
  }

  /// Removes the file; one that is not there is fine.
  ///
  /// - Throws: `FileError` if it cannot be removed.
  public func remove() throws { try Folders.remove(path) }

  /// Writes a run's state, atomically.
  ///
  /// - Throws: `FileError` when the system cannot write.
  func save(_ state: TrainingState) throws {
    let rows = state.optimizer.rowSteps
    let buffers = buffers(of: state)
    let figures = figures(of: state)
    let writer = try SafetensorsWriter(
      path: path,
      entries: figures.map { SafetensorsWriter.Entry($0.name, .float64, shape: [$0.values.count]) }
        + buffers.map { SafetensorsWriter.Entry($0.name, shape: [$0.values.count]) }
        + rows.map { SafetensorsWriter.Entry($0.name, .int32, shape: [$0.steps.count]) },
      metadata: [
        ("format", "distill-bilstm checkpoint"), ("version", Self.version), ("key", key),
        ("sha256", Self.hash(figures, buffers, rows)),
      ])
    for (name, values) in figures {
      try values.withUnsafeBytes { try writer.write($0, to: name) }
    }
    for (name, values) in buffers {
      try withExtendedLifetime(values) {
        try writer.write(UnsafeBufferPointer(values.elements), to: name)
      }
    }
    for (name, steps) in rows {
      try steps.withUnsafeBytes { try writer.write($0, to: name) }
    }
    try writer.commit()
  }

  /// The SHA-256 of all that is kept, in the order of the file.
  static func hash(
    _ figures: [(name: String, values: [Double])], _ buffers: [(name: String, values: FloatBuffer)],
    _ rows: [(name: String, steps: [Int32])]
  ) -> String {
    var hash = ContentHash()
    for (_, values) in figures { values.withUnsafeBytes { hash.update($0) } }
    for (_, values) in buffers {
      withExtendedLifetime(values) { hash.update(UnsafeRawBufferPointer(values.elements)) }
    }
    for (_, steps) in rows { steps.withUnsafeBytes { hash.update($0) } }
    return hash.digest()
  }

  /// The figures: epochs, rows and seconds; each step's loss; each epoch's dev score, named as when it was always an F1.
  private func figures(of state: TrainingState) -> [(name: String, values: [Double])] {
    let outcome = state.outcome
    return [
      ("run", [Double(state.finishedEpochs), Double(outcome.rows), outcome.seconds]),
      ("losses", outcome.losses), ("dev_f1", outcome.devScores),
    ]
  }

  /// The buffers of floats, all in the layout of the parameters.
  private func buffers(of state: TrainingState) -> [(name: String, values: FloatBuffer)] {
    var buffers = [("parameters", state.parameters)] + state.optimizer.moments
    if let average = state.average { buffers.append(("average", average.values)) }
    if let best = state.best { buffers.append(("best", best)) }
    return buffers
  }
}

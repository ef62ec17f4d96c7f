import Files
import Kernels
import ModelFiles
import Runtime

extension CheckpointFile {
  /// Puts a kept state back, if there is one of this run; otherwise nothing is changed.
  ///
  /// - Parameters:
  ///   - state: A state at its start.
  ///   - stepsPerEpoch: The batches of an epoch, which the position must fit.
  /// - Returns: What became of the checkpoint.
  func restore(_ state: TrainingState, stepsPerEpoch: Int) -> Resumption {
    guard Folders.exists(path) else { return .none }
    guard policy.resumes else { return .declined }
    do {
      let file = try SafetensorsFile(path: path)
      guard metadata("version", of: file) == Self.version else {
        return .unusable("it is no checkpoint of this version")
      }
      guard metadata("key", of: file) == key else { return .otherKey }
      return try restore(state, from: file, stepsPerEpoch: stepsPerEpoch)
    } catch {
      return .unusable("\(error)")
    }
  }

  /// Reads and checks everything before anything is changed.
  private func restore(
    _ state: TrainingState, from file: SafetensorsFile, stepsPerEpoch: Int
  ) throws -> Resumption {
    let run = try doubles("run", in: file)
    let losses = try doubles("losses", in: file)
    let devScores = try doubles("dev_f1", in: file)
    guard run.count == 3, let epochs = Int(exactly: run[0]), let rows = Int(exactly: run[1]),
      (0..<1e12).contains(run[2]), epochs >= 0, epochs <= losses.count || stepsPerEpoch == 0,
      devScores.count <= epochs,
      (0...stepsPerEpoch).contains(losses.count - epochs * stepsPerEpoch)
    else { return .unusable("its figures do not fit the run") }
    let count = state.parameters.count
    var buffers = [("parameters", state.parameters)] + state.optimizer.moments
    if let average = state.average { buffers.append(("average", average.values)) }
    let best = devScores.isEmpty ? nil : FloatBuffer(count: count)
    if let best { buffers.append(("best", best)) }
    let tensors = try buffers.map { try tensor($0.0, .float32, count: count, in: file) }
    let rowTensors = try state.optimizer.rowSteps.map { name, steps in
      try tensor(name, .int32, count: steps.count, in: file)
    }
    let rowSteps = try rowTensors.map { try $0.integers() }
    let figures = try ["run", "losses", "dev_f1"].map { try file.tensor(named: $0) }
    var hash = ContentHash()
    for tensor in figures + tensors + rowTensors {
      withExtendedLifetime(tensor) { hash.update(tensor.bytes) }
    }
    guard metadata("sha256", of: file) == hash.digest() else {
      return .unusable("it is not as it was written")
    }
    guard rowSteps.joined().allSatisfy({ (0...losses.count).contains($0) }) else {
      return .unusable("its rows' steps do not fit the run")
    }
    for (tensor, buffer) in zip(tensors, buffers) { try tensor.copyFloats(into: buffer.1.elements) }
    state.optimizer.resume(at: losses.count, rowSteps: rowSteps.map { $0.map { Int32($0) } })
    if let best { state.keepAsBest(best.base) }
    state.finishedEpochs = epochs
    state.outcome = TrainingOutcome(
      losses: losses, devScores: devScores, rows: rows, seconds: run[2])
    return .taken(step: losses.count)
  }

  private func metadata(_ name: String, of file: SafetensorsFile) -> String? {
    file.metadata.first { $0.key == name }?.value
  }

  private func tensor(
    _ name: String, _ type: TensorType, count: Int, in file: SafetensorsFile
  ) throws -> TensorView {
    let tensor = try file.tensor(named: name, shape: [count])
    guard tensor.dtype == type else {
      throw DataError(
        file: path, found: "\(name) of the type \(tensor.dtype.rawValue)",
        expected: type.rawValue)
    }
    return tensor
  }

  /// The numbers of a list, to the bit.
  private func doubles(_ name: String, in file: SafetensorsFile) throws -> [Double] {
    let count = try file.tensor(named: name).count
    let tensor = try tensor(name, .float64, count: count, in: file)
    return withExtendedLifetime(tensor) {
      stride(from: 0, to: tensor.bytes.count, by: 8).map {
        Double(
          bitPattern: UInt64(
            littleEndian: tensor.bytes.loadUnaligned(fromByteOffset: $0, as: UInt64.self)))
      }
    }
  }
}

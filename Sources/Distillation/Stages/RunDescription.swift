import Augment
import BLAS
import Files
import JSON
import Kernels
import Runtime
import Training

/// The run.json of a run: what it takes to repeat it.
public struct RunDescription {
  private let json: JSONValue

  /// Describes a run.
  ///
  /// - Parameters:
  ///   - plan: What decided it.
  ///   - baseTeacher: The teacher's directory as given or fetched.
  ///   - workers: The threads.
  ///   - arguments: The command line.
  /// - Throws: `FileError` if an input cannot be read.
  public init(
    plan: DistillationPlan, baseTeacher: String, workers: Workers, arguments: [String]
  ) throws {
    var corpora: JSONObject = [:]
    for (role, source) in [("train", plan.train), ("dev", plan.dev)] {
      corpora[role] = ["name": .string(source.name), "sha256": .string(try source.hash())]
    }
    if let test = plan.test {
      corpora["test"] = ["name": .string(test.name), "sha256": .string(try test.hash())]
    }
    if let unlabelled = plan.unlabelled {
      corpora["unlabelled"] = [
        "name": .string(unlabelled.path),
        "sha256": .string(try ContentHash.sha256(file: unlabelled.path)),
      ]
    }
    json = [
      "version": .string(PackageVersion.current),
      "arguments": .array(arguments.dropFirst().map { .string($0) }),
      "seed": .integer(Int(truncatingIfNeeded: plan.seed)),
      "corpora": .object(corpora),
      "teacher": try Self.teacher(plan.teacher, in: baseTeacher),
      "further_teachers": .array(
        try plan.furtherTeachers.map { try Self.teacher($0, in: $0) }),
      "labelling_precision": .string(plan.labellingPrecision.rawValue),
      "objective": .array(plan.objective.keyLines.map { .string($0) }),
      "augmentation": .array(plan.augmentation.keyLines.map { .string($0) }),
      "host": [
        "cpu": .string(HostDescription.cpu), "cores": .integer(Workers.available),
        "threads": .integer(workers.count), "blas_core": BLAS.coreName.map { .string($0) } ?? .null,
        "kernels": .string(CPU.instructionSet),
      ],
    ]
  }

  private static func teacher(_ name: String, in directory: String) throws -> JSONValue {
    let weights = try ModelDirectories.open(directory).weightsPaths
    let hashes = try weights.map { try ContentHash.sha256(file: $0) }
    return ["name": .string(name), "sha256": .string(hashes.joined(separator: " "))]
  }

  /// Writes run.json.
  ///
  /// - Throws: `FileError` when the system cannot write.
  public func write(to folder: RunFolder) throws {
    try AtomicFileWriter.write(json.text(.pretty) + "\n", to: folder.description)
  }
}

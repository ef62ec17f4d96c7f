import Files
import JSON

/// A run on disk: where each artefact lies, and under which key each stage left its own.
public struct RunFolder: Sendable {
  /// The folder.
  public let path: String

  /// Makes the folder where it is missing.
  ///
  /// - Throws: `FileError` if it cannot be made.
  public init(path: String) throws {
    self.path = path
    try Folders.create(path)
    // A run may come from elsewhere, and is written in.
    let folders = [teacher, logits, student, "\(path)/students", "\(path)/results"]
    let students = Folders.contents(of: "\(path)/students").flatMap { name in
      let folder = "\(path)/students/\(name)"
      return [folder] + Folders.contents(of: folder).map { "\(folder)/\($0)" }
    }
    for folder in folders + students { try Folders.checkIsNoLink(folder) }
    try checkLedger()
  }

  /// The fine-tuned teacher.
  public var teacher: String { "\(path)/teacher" }
  /// The augmented corpus.
  public var augmented: String { "\(path)/augmented.conll" }
  /// The logit store.
  public var logits: String { "\(path)/logits" }
  /// The student of `distill-bilstm train`.
  public var student: String { "\(path)/student" }
  /// The students of `compare-students run`, a folder for each seed.
  public func student(named name: String, seed: UInt64) -> String {
    "\(path)/students/\(name)/seed-\(seed)"
  }
  /// The scores of a model that `compare-students run` has judged.
  public func result(named name: String, seed: UInt64) -> String {
    "\(path)/results/\(name)-seed-\(seed).json"
  }
  /// A line of JSON for each evaluation.
  public var metrics: String { "\(path)/metrics.jsonl" }
  /// Where a stage's training is kept while it runs.
  public func checkpoint(of stage: String) -> String { "\(path)/\(stage).checkpoint" }
  /// What the run was made of.
  public var description: String { "\(path)/run.json" }

  private var ledger: String { "\(path)/stages.json" }
  /// The version of the run folder that this program reads and writes, in stages.json under `versionKey`.
  private static let version = "1"
  private static let versionKey = "version"

  /// Checks that the folder is new or was left by a program of the same version.
  private func checkLedger() throws {
    guard Folders.exists(ledger) else { return }
    let stages = try JSONValue.read(path: ledger)
    let version = stages[Self.versionKey] ?? .string(Self.version)
    guard stages.object != nil, version.string == Self.version else {
      throw DataError(
        file: ledger, found: "a run folder of version \(version.text())",
        expected: "version \(Self.version)", remedy: "choose a new folder with --run")
    }
  }

  /// The key under which a stage finished; nil if it did not.
  public func key(of stage: String) -> String? {
    guard let json = try? JSONValue.read(path: ledger) else { return nil }
    return json[stage]?.string
  }

  /// Notes that a stage has finished under a key; its checkpoint is removed.
  ///
  /// - Throws: `FileError` when the system cannot write.
  public func finish(_ stage: String, key: String) throws {
    try note(stage, key: key)
    try Folders.remove(checkpoint(of: stage))
  }

  /// Notes that a stage's artefact is about to change and does not count until it has finished.
  ///
  /// - Throws: `FileError` when the system cannot write.
  public func begin(_ stage: String) throws {
    if key(of: stage) != nil { try note(stage, key: "") }
    try Folders.create(Folders.parent(of: checkpoint(of: stage)))
  }

  private func note(_ stage: String, key: String) throws {
    var json = (try? JSONValue.read(path: ledger))?.object ?? [:]
    json[Self.versionKey] = .string(Self.version)
    json[stage] = .string(key)
    try AtomicFileWriter.write(JSONValue.object(json).text(.pretty) + "\n", to: ledger)
  }

  /// Removes what a killed process has left: temporary files, and checkpoints of stages that have finished.
  ///
  /// - Throws: `FileError` if a checkpoint cannot be removed.
  public func removeLeftovers() throws {
    func folders(in parent: String) -> [String] {
      Folders.contents(of: parent).map { "\(parent)/\($0)" }
    }
    let students = folders(in: "\(path)/students")
    for folder in [path, teacher, logits, student] + students + students.flatMap(folders) {
      AtomicFileWriter.removeLeftovers(in: folder)
    }
    let stages = (try? JSONValue.read(path: ledger))?.object ?? [:]
    for (stage, key) in stages where key.string?.isEmpty == false {
      try Folders.remove(checkpoint(of: stage))
    }
  }

  /// Appends a line to metrics.jsonl.
  ///
  /// - Throws: `FileError` when the system cannot read or write.
  public func append(metrics line: JSONValue) throws {
    let old = Folders.exists(metrics) ? try MappedFile(path: metrics) : nil
    let writer = try AtomicFileWriter(path: metrics)
    if let old { try withExtendedLifetime(old) { try writer.write(old.bytes) } }
    try writer.write(line.text() + "\n")
    try writer.commit()
  }
}

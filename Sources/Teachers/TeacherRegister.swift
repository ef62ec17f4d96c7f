import Files

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
  private let cache: String
  private let python: String

  /// Makes a register.
  ///
  /// - Parameters:
  ///   - teachers: The known teachers.
  ///   - cache: The folder under which fetched teachers are kept, in `teachers/NAME`.
  ///   - python: The Python 3 program, whose pip does the download.
  public init(
    teachers: [RegisteredTeacher] = known, cache: String = Folders.cache,
    python: String = "python3"
  ) {
    self.teachers = teachers
    self.cache = cache
    self.python = python
  }

  /// The model directory of a path or a known name; a name's is fetched if it is not in the cache.
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
    let final = "\(cache)/teachers/\(teacher.name)"
    if !Folders.isDirectory(final) {
      progress(
        "fetching teacher \(teacher.name): \(Self.packages(teacher)), "
          + "\(teacher.megabytes) MB, into \(final)")
      try TeacherDownload(teacher, into: final, python: python).run()
    }
    let missing = teacher.requiredFiles.filter { !Folders.exists("\(final)/\($0)") }
    guard missing.isEmpty else {
      throw DataError(
        file: final, found: "no \(missing.joined(separator: ", "))", expected: "a whole model",
        remedy: "delete the folder, so that it is fetched again")
    }
    return final
  }

  private static func packages(_ teacher: RegisteredTeacher) -> String {
    guard teacher.wheels.count == 1, let wheel = teacher.wheels.first else {
      return "\(teacher.wheels.count) packages"
    }
    return "\(wheel.package) \(wheel.version)"
  }
}

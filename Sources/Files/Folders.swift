import Glibc

/// Folders and the presence of files.
public enum Folders {
  /// Whether something stands at the path.
  public static func exists(_ path: String) -> Bool {
    access(path, F_OK) == 0
  }

  /// Whether a directory stands at the path.
  public static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether two paths lead to the same file or folder, which is there.
  public static func areSame(_ path: String, _ other: String) -> Bool {
    var (first, second) = (stat(), stat())
    return stat(path, &first) == 0 && stat(other, &second) == 0
      && first.st_dev == second.st_dev && first.st_ino == second.st_ino
  }

  /// The size of a file in bytes; nil if there is none.
  public static func size(of path: String) -> Int? {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : nil
  }

  /// Makes a folder and those above it; one that is there already is fine.
  ///
  /// - Throws: `FileError` if one cannot be made.
  public static func create(_ path: String) throws {
    var prefix = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      prefix += prefix.isEmpty || prefix.hasSuffix("/") ? "\(part)" : "/\(part)"
      if mkdir(prefix, 0o755) != 0, errno != EEXIST {
        throw FileError(path: path, operation: .write)
      }
    }
    guard isDirectory(path) else {
      throw FileError(path: path, operation: .write, reason: "a file of that name is in the way")
    }
  }

  /// Keeps a folder, which is made where it is missing, to this process until it ends, however it ends.
  ///
  /// No other process gets it by the same call meanwhile. One that has just been killed may take a moment to end, so a folder
  /// that is held is waited for. On file systems that lock nothing, nothing is kept. A folder that was made here is removed
  /// by `UnfinishedFiles.removeAll` if it is still empty then.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - patience: The seconds to wait for a process that holds it.
  ///   - log: Told that it is waited for.
  /// - Throws: `FileError` if it cannot be made, or if another process has it and keeps it.
  public static func hold(
    _ path: String, patience: Double = 5, log: (String) -> Void = { _ in }
  ) throws {
    let pause = 0.1
    var waited = 0.0
    let isNew = !exists(path)
    try create(path)
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path: path, operation: .open) }
    // The lock is the open descriptor's, which is left to the end of the process.
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK || errno == EINTR {
      guard waited < patience else {
        close(descriptor)
        throw FileError(
          path: path, operation: .write,
          reason: "another command is using it; wait for its end, or choose another folder")
      }
      if waited == 0 { log("\(path): another command is using it; waiting for its end") }
      usleep(UInt32(pause * 1e6))
      waited += pause
    }
    // Whoever held it may have removed it.
    guard areSame(path, "/proc/self/fd/\(descriptor)") else {
      close(descriptor)
      return try hold(path, patience: patience, log: log)
    }
    if isNew { _ = UnfinishedFiles.add(path) }
  }

  /// The folder that a path's last part stands in.
  public static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Asks the system to keep a folder's entries, such as a new name, over a crash; not every file system can.
  public static func sync(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  /// Removes a file; one that is not there is fine.
  ///
  /// - Throws: `FileError` if it cannot be removed.
  public static func remove(_ path: String) throws {
    if unlink(path) != 0, errno != ENOENT { throw FileError(path: path, operation: .write) }
  }

  /// The names in a folder, sorted; empty if it cannot be read.
  public static func contents(of path: String) -> [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// The user's cache folder for this program: `$XDG_CACHE_HOME/distill-bilstm`, else `~/.cache/distill-bilstm`.
  ///
  /// A variable that is no absolute path is passed over. Without HOME the user's entry in the system's list tells the home.
  ///
  /// - Throws: `FileError` where none of them names a folder.
  public static func cache() throws -> String {
    if let base = environment("XDG_CACHE_HOME"), base.hasPrefix("/") {
      return "\(base)/distill-bilstm"
    }
    let home = environment("HOME") ?? getpwuid(geteuid()).map { String(cString: $0.pointee.pw_dir) }
    guard let home, home.hasPrefix("/") else {
      throw FileError(
        path: "the cache", operation: .open,
        reason: "neither HOME nor XDG_CACHE_HOME is set to an absolute path; set one of them")
    }
    return "\(home)/.cache/distill-bilstm"
  }

  /// Checks that a path is no symbolic link, which could lead whoever writes below it to another folder.
  ///
  /// - Throws: `FileError` if it is one.
  public static func checkIsNoLink(_ path: String) throws {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { return }
    throw FileError(
      path: path, operation: .write,
      reason: "it is a symbolic link, which may lead anywhere; put a folder there, or name another")
  }

  /// Checks that nobody but this user and root can change what is in a folder.
  ///
  /// - Throws: `FileError` if it belongs to somebody else, or if others may write in it.
  public static func checkIsPrivate(_ path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0 else { throw FileError(path: path, operation: .open) }
    let advice = "or set XDG_CACHE_HOME to a folder of your own"
    guard [geteuid(), 0].contains(status.st_uid) else {
      throw FileError(
        path: path, operation: .open, reason: "it belongs to another user; delete it, \(advice)")
    }
    guard status.st_mode & 0o022 == 0 else {
      throw FileError(
        path: path, operation: .open,
        reason: "other users can write there; run: chmod go-w \(path), \(advice)")
    }
  }

  /// The folder for temporary files: `$TMPDIR`, else `/tmp`.
  public static var temporary: String { environment("TMPDIR") ?? "/tmp" }

  /// An environment variable; nil where it is unset or empty.
  public static func environment(_ name: String) -> String? {
    guard let value = getenv(name) else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
  }
}

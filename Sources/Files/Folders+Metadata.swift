import Glibc

extension Folders {
  /// The last part of a path.
  public static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// When a file's content was last changed, in nanoseconds since 1970; nil if there is none.
  public static func modificationTime(of path: String) -> Int? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    let (seconds, overflow) = Int(status.st_mtim.tv_sec).multipliedReportingOverflow(
      by: 1_000_000_000)
    return overflow ? nil : seconds + Int(status.st_mtim.tv_nsec)
  }

  /// The absolute path without symbolic links, `.` and `..`, as far as it is there; what is not there yet is appended.
  public static func absolute(_ path: String) -> String {
    if let real = realpath(path, nil) {
      defer { free(real) }
      return String(cString: real)
    }
    let parts = path.split(separator: "/")
    guard let last = parts.last, parts.count > 1 || path.hasPrefix("/") else {
      return parts.isEmpty ? path : "\(absolute("."))/\(path)"
    }
    let parent = (path.hasPrefix("/") ? "/" : "") + parts.dropLast().joined(separator: "/")
    return "\(absolute(parent))/\(last)"
  }

  /// The bytes that may still be written below a folder; nil where the system does not tell.
  public static func freeBytes(in path: String) -> Int? {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return nil }
    let (bytes, overflow) = Int(truncatingIfNeeded: status.f_bavail)
      .multipliedReportingOverflow(by: Int(truncatingIfNeeded: status.f_frsize))
    return overflow ? nil : bytes
  }

  /// Refuses a folder in which this process may make no files.
  ///
  /// - Throws: `FileError` with the system's reason.
  public static func checkIsWritable(_ path: String) throws {
    guard access(path, W_OK | X_OK) == 0 else { throw FileError(path: path, operation: .write) }
  }
}

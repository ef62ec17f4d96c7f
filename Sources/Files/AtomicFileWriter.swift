import Glibc

/// Writes a file under a temporary name in its folder; `commit` syncs and renames it.
///
/// Without `commit` nothing appears under the final name, and the temporary file is removed. A file that is replaced keeps
/// its permissions. The path `-` is standard output; it and devices such as `/dev/null` are written through without a
/// temporary file.
public final class AtomicFileWriter {
  /// What is done with a symbolic link under the final name.
  public enum SymbolicLinks: Sendable {
    /// The link is replaced by the file: for what a program writes in a folder that may have come from elsewhere.
    case replace
    /// The link stays and the file it leads to is replaced, and a named pipe is written through: for a path that the user
    /// has named. A link that belongs neither to the user nor to root is replaced all the same.
    case follow
  }

  /// The final path.
  public let path: String
  /// The temporary file and the path it gets; nil where the file is written through.
  private let renaming: (temporary: UnfinishedFile, final: String)?
  private let written: Int32
  /// The permissions of the file that is replaced; nil where there is none.
  private let permissions: mode_t?
  private var buffer: [UInt8] = []
  private static let bufferSize = 1 << 16

  /// Creates the temporary file.
  ///
  /// - Throws: `FileError` if the folder is missing or not writable, or the path is a directory.
  public init(path: String, symbolicLinks: SymbolicLinks = .replace) throws {
    self.path = path
    buffer.reserveCapacity(Self.bufferSize + 4096)
    guard path != "-" else {
      (renaming, permissions, written) = (nil, nil, STDOUT_FILENO)
      return
    }
    var status = stat()
    let follows = symbolicLinks == .follow
    let exists = (follows ? stat(path, &status) : lstat(path, &status)) == 0
    let kind = exists ? status.st_mode & S_IFMT : S_IFREG
    if kind == S_IFDIR {
      throw FileError(path: path, operation: .write, reason: "it is a directory")
    }
    permissions = exists && kind == S_IFREG ? status.st_mode & 0o777 : nil
    if kind == S_IFCHR || kind == S_IFBLK || (follows && kind != S_IFREG) {
      renaming = nil
      written = open(path, O_WRONLY | O_CLOEXEC)
      guard written >= 0 else { throw FileError(path: path, operation: .write) }
    } else {
      let final = follows ? Self.destination(of: path) : path
      let temporary = try UnfinishedFile(for: final, mode: permissions.map { $0 & 0o600 } ?? 0o644)
      renaming = (temporary, final)
      written = temporary.descriptor
    }
  }

  deinit {
    if renaming == nil, written != STDOUT_FILENO { close(written) }
  }

  /// The path that `SymbolicLinks.follow` writes: behind the links that the user or root has made, whether or not anything
  /// stands there.
  public static func destination(of path: String) -> String {
    var path = path
    var status = stat()
    var target = [UInt8](repeating: 0, count: Int(PATH_MAX))
    // As many links as the system follows.
    for _ in 0..<40 {
      guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK,
        [geteuid(), 0].contains(status.st_uid),
        case let count = readlink(path, &target, target.count), count > 0
      else { break }
      let link = String(decoding: target[..<count], as: UTF8.self)
      path = link.hasPrefix("/") ? link : "\(Folders.parent(of: path))/\(link)"
    }
    return path
  }

  /// Appends text as UTF-8.
  ///
  /// - Throws: `FileError` when the system cannot write, for example on a full disk.
  public func write(_ text: String) throws {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Appends raw bytes.
  ///
  /// - Throws: `FileError` when the system cannot write, for example on a full disk.
  public func write(_ bytes: UnsafeRawBufferPointer) throws {
    if bytes.count < Self.bufferSize {
      buffer.append(contentsOf: bytes)
      if buffer.count >= Self.bufferSize { try flush() }
    } else {
      try flush()
      try writeThrough(bytes)
    }
  }

  /// Writes out what is buffered; needed only for standard output that is read while it grows.
  ///
  /// - Throws: `FileError` when the system cannot write.
  public func flush() throws {
    try buffer.withUnsafeBytes { try writeThrough($0) }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Syncs the file and gives it its final name, which then survives a crash of the system.
  ///
  /// - Throws: `FileError` when the system cannot write, sync or rename.
  public func commit() throws {
    try flush()
    guard let renaming else { return }
    if let permissions { fchmod(written, permissions) }
    guard fsync(written) == 0, renaming.temporary.rename(to: renaming.final) else {
      throw FileError(path: path, operation: .write)
    }
    Folders.sync(Folders.parent(of: renaming.final))
  }

  /// Removes the temporary files that killed processes have left in a folder; those of living ones stay.
  public static func removeLeftovers(in folder: String) {
    UnfinishedFile.removeLeftovers(in: folder)
  }

  /// Writes a whole file at once, atomically.
  ///
  /// - Throws: `FileError` when the system cannot write.
  public static func write(
    _ text: String, to path: String, symbolicLinks: SymbolicLinks = .replace
  ) throws {
    let writer = try AtomicFileWriter(path: path, symbolicLinks: symbolicLinks)
    try writer.write(text)
    try writer.commit()
  }

  private func writeThrough(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(written, rest.baseAddress, rest.count)
      if count >= 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
      } else if errno != EINTR {
        throw FileError(path: path, operation: .write)
      }
    }
  }
}

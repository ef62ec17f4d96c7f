import Glibc

/// Writes a file under a temporary name beside its final one; `commit` syncs and renames it.
///
/// Without `commit` nothing appears under the final name, and the temporary file is removed.
/// The path `-` is standard output; it, devices such as `/dev/null` and named pipes are written through without a
/// temporary file. A symbolic link stays, and the file it leads to is replaced.
public final class AtomicFileWriter {
  /// The final path.
  public let path: String
  /// The temporary name and the one it gets; nil where the file is written through.
  private let renaming: (temporary: String, final: String)?
  private var descriptor: Int32
  private var buffer: [UInt8] = []
  private static let bufferSize = 1 << 16

  /// Creates the temporary file.
  ///
  /// - Throws: `FileError` if the folder is missing or not writable, or the path is a directory.
  public init(path: String) throws {
    self.path = path
    buffer.reserveCapacity(Self.bufferSize + 4096)
    guard path != "-" else {
      renaming = nil
      descriptor = STDOUT_FILENO
      return
    }
    var status = stat()
    let kind = stat(path, &status) == 0 ? status.st_mode & S_IFMT : S_IFREG
    if kind == S_IFDIR {
      throw FileError(path: path, operation: .write, reason: "it is a directory")
    }
    if kind == S_IFREG {
      let final = Self.resolved(path)
      let temporary = "\(final).\(getpid()).tmp"
      renaming = (temporary, final)
      descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    } else {
      renaming = nil
      descriptor = open(path, O_WRONLY | O_CLOEXEC)
    }
    guard descriptor >= 0 else { throw FileError(path: path, operation: .write) }
  }

  deinit {
    guard descriptor >= 0, descriptor != STDOUT_FILENO else { return }
    close(descriptor)
    if let renaming { unlink(renaming.temporary) }
  }

  /// The path behind symbolic links; the path itself where nothing stands there yet.
  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
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
    guard fsync(descriptor) == 0, rename(renaming.temporary, renaming.final) == 0 else {
      throw FileError(path: path, operation: .write)
    }
    close(descriptor)
    descriptor = -1
    Folders.sync(Folders.parent(of: renaming.final))
  }

  /// Removes the temporary files that killed processes have left in a folder; those of living ones stay.
  public static func removeLeftovers(in folder: String) {
    for name in Folders.contents(of: folder) where name.hasSuffix(".tmp") {
      let parts = name.split(separator: ".")
      guard parts.count >= 3, let process = Int32(parts[parts.count - 2]), process > 0 else {
        continue
      }
      if kill(process, 0) != 0, errno == ESRCH { unlink("\(folder)/\(name)") }
    }
  }

  /// Writes a whole file at once, atomically.
  ///
  /// - Throws: `FileError` when the system cannot write.
  public static func write(_ text: String, to path: String) throws {
    let writer = try AtomicFileWriter(path: path)
    try writer.write(text)
    try writer.commit()
  }

  private func writeThrough(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      if count >= 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
      } else if errno != EINTR {
        throw FileError(path: path, operation: .write)
      }
    }
  }
}

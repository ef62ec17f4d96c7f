import Glibc

/// A file without a name in the folder for temporary files: it is gone when the object is, or the process however it ends.
public final class TemporaryFile {
  /// The folder, for messages.
  private let folder: String
  /// The open file, for a child process that is to write it.
  public let descriptor: Int32
  /// The number of bytes written.
  public private(set) var count = 0

  /// A path under which this process can read the file from its start, as often as it likes.
  public var path: String { "/proc/self/fd/\(descriptor)" }

  /// The bytes of a write.
  ///
  /// Linux keeps what is written at once in one page, up to 2 MB, and a mapping of the file then has the whole page in memory
  /// for a single byte of it.
  private static let piece = 1 << 14

  /// Makes an empty file.
  ///
  /// - Throws: `FileError` if the folder for temporary files cannot be written.
  public init(folder: String = Folders.temporary) throws {
    self.folder = folder
    var template = Array("\(folder)/distill-bilstm-XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw FileError(path: folder, operation: .write) }
    unlink(template)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Appends bytes.
  ///
  /// - Throws: `FileError` when the system cannot write, for example on a full disk.
  public func write(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes
    while !rest.isEmpty {
      let written = Glibc.write(descriptor, rest.baseAddress, min(rest.count, Self.piece))
      if written >= 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
        count += written
      } else if errno != EINTR {
        throw FileError(path: folder, operation: .write)
      }
    }
  }
}

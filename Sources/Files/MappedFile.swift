import Glibc

/// A file mapped into memory for reading; unmapped when the last reference goes.
public final class MappedFile: Sendable {
  /// The path as it was given.
  public let path: String
  private let start: UInt
  private let length: Int

  /// The file's bytes, valid for as long as this object lives.
  public var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: start), count: length)
  }

  /// Maps a regular file.
  ///
  /// - Throws: `FileError` if it is missing, unreadable or not a regular file.
  public init(path: String) throws {
    self.path = path
    // Without O_NONBLOCK, opening a named pipe waits until somebody writes to it.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw FileError(path: path, operation: .open) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError(path: path, operation: .open) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      let kind = status.st_mode & S_IFMT == S_IFDIR ? "it is a directory" : "not a regular file"
      throw FileError(path: path, operation: .open, reason: kind)
    }
    length = Int(status.st_size)
    guard length > 0 else {
      start = 0
      return
    }
    let address = mmap(nil, length, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let address, address != MAP_FAILED else { throw FileError(path: path, operation: .read) }
    start = UInt(bitPattern: address)
  }

  /// Gives back the memory of what was read; it comes from the file again where it is wanted once more.
  public func release() {
    if length > 0 { madvise(UnsafeMutableRawPointer(bitPattern: start), length, MADV_DONTNEED) }
  }

  deinit {
    if length > 0 { munmap(UnsafeMutableRawPointer(bitPattern: start), length) }
  }
}

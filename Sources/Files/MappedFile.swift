import Glibc

/// A file mapped into memory for reading, or copied there; given back when the last reference goes.
///
/// A mapped file that somebody cuts short while it is read ends the process with SIGBUS, which a command turns into a
/// message; one that is copied no longer depends on the file.
public final class MappedFile: Sendable {
  /// The most bytes of a file that is copied.
  public static let largestCopy = 1 << 28

  /// The path as it was given.
  public let path: String
  private let start: UInt
  private let length: Int
  private let isCopied: Bool
  /// Whether the memory is this object's, to be given back.
  private let isOwned: Bool

  /// The file's bytes, valid for as long as this object lives.
  public var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: start), count: length)
  }

  /// Maps a regular file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - isCopied: Whether its content is read at once, so that what becomes of the file later does no harm. A file over
  ///     `largestCopy` is mapped all the same.
  /// - Throws: `FileError` if it is missing, unreadable or not a regular file.
  public init(path: String, isCopied: Bool = false) throws {
    self.path = path
    isOwned = true
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
    let isCopied = isCopied && length <= Self.largestCopy
    self.isCopied = isCopied
    guard length > 0 else {
      start = 0
      return
    }
    let address =
      isCopied
      ? mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
      : mmap(nil, length, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let address, address != MAP_FAILED else { throw FileError(path: path, operation: .read) }
    start = UInt(bitPattern: address)
    if isCopied {
      try Self.fill(UnsafeMutableRawBufferPointer(start: address, count: length), descriptor, path)
    }
  }

  /// Names bytes that are part of the program, which take the place of a file.
  ///
  /// - Parameters:
  ///   - path: The name for messages.
  ///   - embedded: The bytes, which stay as they are for the life of the program.
  public init(path: String, embedded: UnsafeRawBufferPointer) {
    self.path = path
    start = UInt(bitPattern: embedded.baseAddress)
    length = embedded.count
    isCopied = true
    isOwned = false
  }

  /// Reads the bytes of a file from its start.
  private static func fill(
    _ target: UnsafeMutableRawBufferPointer, _ descriptor: Int32, _ path: String
  ) throws {
    var rest = target
    while !rest.isEmpty {
      let count = read(descriptor, rest.baseAddress, rest.count)
      if count > 0 {
        rest = UnsafeMutableRawBufferPointer(rebasing: rest.dropFirst(count))
      } else if count == 0 {
        throw FileError(path: path, operation: .read, reason: "it became shorter meanwhile")
      } else if errno != EINTR {
        throw FileError(path: path, operation: .read)
      }
    }
  }

  /// Gives back the memory of what was read; it comes from the file again where it is wanted once more.
  ///
  /// A copy stays.
  public func release() {
    guard length > 0, !isCopied else { return }
    madvise(UnsafeMutableRawPointer(bitPattern: start), length, MADV_DONTNEED)
  }

  deinit {
    if isOwned, length > 0 { munmap(UnsafeMutableRawPointer(bitPattern: start), length) }
  }
}

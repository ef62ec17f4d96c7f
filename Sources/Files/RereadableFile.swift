import Glibc

/// A file that can be read from its start more than once, even if it is standard input (`-`) or a pipe.
///
/// What is no regular file is copied into a temporary one, so that memory does not grow with it.
public final class RereadableFile {
  /// The path to read from, valid for as long as this object lives.
  public let path: String
  private let copy: TemporaryFile?

  /// Takes a regular file as it is and copies anything else.
  ///
  /// - Throws: `FileError` if it cannot be read, or the copy not be written.
  public init(path: String) throws {
    var status = stat()
    if path != "-", stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
      self.path = path
      copy = nil
      return
    }
    let reader = try ByteReader(path: path)
    let copy = try TemporaryFile()
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { block.deallocate() }
    while case let count = try reader.read(into: block), count > 0 {
      try copy.write(UnsafeRawBufferPointer(rebasing: block[..<count]))
    }
    self.copy = copy
    self.path = copy.path
  }
}

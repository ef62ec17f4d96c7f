import Glibc

/// Reads a file, a pipe or standard input (`-`) in blocks of fixed size.
public final class ByteReader {
  /// The path as it was given; `-` is standard input.
  public let path: String
  private let descriptor: Int32
  private var closesDescriptor: Bool { path != "-" }
  /// What was looked at and not yet read, and whether the file ended there.
  private var ahead: ArraySlice<UInt8> = []
  private var endIsAhead = false

  /// Opens a file for reading.
  ///
  /// - Throws: `FileError` if it is missing, unreadable or a directory.
  public init(path: String) throws {
    self.path = path
    if path == "-" {
      descriptor = STDIN_FILENO
      return
    }
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path: path, operation: .open) }
    // All properties are set: an error from here on runs `deinit`, which closes the file.
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
      throw FileError(path: path, operation: .open, reason: "it is a directory")
    }
  }

  deinit {
    if closesDescriptor, descriptor >= 0 { close(descriptor) }
  }

  /// Whether it is a file on disk and not a pipe or a terminal.
  public var isRegularFile: Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Looks at what comes next without reading it: of a pipe what has come at once; nothing at the end of the file.
  ///
  /// - Parameter limit: The most bytes to look at.
  /// - Returns: The bytes.
  /// - Throws: `FileError` when the system cannot read.
  public func peek(_ limit: Int) throws -> [UInt8] {
    if ahead.isEmpty {
      var block = [UInt8](repeating: 0, count: limit)
      let count = try block.withUnsafeMutableBytes { try read(into: $0) }
      ahead = block[..<count]
      endIsAhead = count == 0
    }
    return Array(ahead)
  }

  /// Reads up to `buffer.count` bytes; 0 at the end of the file.
  ///
  /// - Throws: `FileError` when the system cannot read.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    if endIsAhead { return 0 }
    if !ahead.isEmpty {
      let bytes = ahead.prefix(buffer.count)
      buffer.copyBytes(from: bytes)
      ahead = ahead.dropFirst(bytes.count)
      return bytes.count
    }
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      if errno != EINTR { throw FileError(path: path, operation: .read) }
    }
  }
}

import Files
import Glibc
import TestSupport
import Testing

@Suite struct RereadableFileTests {
  @Test func aRegularFileIsReadWhereItIs() throws {
    let path = temporaryPath()
    try put(Array("abc".utf8), at: path)
    #expect(try RereadableFile(path: path).path == path)
  }

  @Test func aPipeIsCopiedAndReadTwice() throws {
    let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7 >> 3) }
    let source = temporaryPath()
    try put(bytes, at: source)
    let pipe = temporaryPath("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    let child = Thread(copying: source, to: pipe)
    let file = try RereadableFile(path: pipe)
    child.join()
    let read = try withExtendedLifetime(file) {
      (try content(of: file.path), try content(of: file.path))
    }
    #expect(file.path != pipe)
    #expect(read.0 == bytes && read.1 == bytes)
  }

  @Test func nothingIsLeftBehind() throws {
    try withScratchFolder { folder in
      let file = try TemporaryFile(folder: folder)
      try Array("abc".utf8).withUnsafeBytes { try file.write($0) }
      #expect(file.count == 3)
      #expect(Folders.contents(of: folder).isEmpty)
      #expect(try content(of: file.path) == Array("abc".utf8))
    }
  }

  @Test func aMissingFileAndAMissingFolderAreErrors() {
    #expect(throws: FileError.self) { try RereadableFile(path: "/nonexistent/file") }
    #expect(throws: FileError.self) { try RereadableFile(path: "/") }
    #expect(throws: FileError.self) { try TemporaryFile(folder: "/nonexistent/folder") }
  }
}

/// A thread that writes a file's bytes into a pipe.
private struct Thread {
  private let handle: pthread_t

  init(copying source: String, to pipe: String) {
    final class Paths {
      let source: String
      let pipe: String
      init(_ source: String, _ pipe: String) { (self.source, self.pipe) = (source, pipe) }
    }
    var handle = pthread_t()
    pthread_create(
      &handle, nil,
      { argument in
        guard let argument else { return nil }
        let paths = Unmanaged<Paths>.fromOpaque(argument).takeRetainedValue()
        if let bytes = try? content(of: paths.source) { try? put(bytes, at: paths.pipe) }
        return nil
      }, Unmanaged.passRetained(Paths(source, pipe)).toOpaque())
    self.handle = handle
  }

  func join() { pthread_join(handle, nil) }
}

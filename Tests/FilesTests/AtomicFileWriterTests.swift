import Files
import Glibc
import TestSupport
import Testing

@Suite struct AtomicFileWriterTests {
  @Test func leavesNothingWithoutACommit() throws {
    try withScratchFolder { folder in
      do {
        let writer = try AtomicFileWriter(path: "\(folder)/file")
        try writer.write("half of it")
        try writer.flush()
        #expect(Folders.contents(of: folder).count == 1)
        #expect(!Folders.exists("\(folder)/file"))
      }
      #expect(Folders.contents(of: folder) == [])
    }
  }

  @Test func keepsTheOldFileWithoutACommit() throws {
    try withScratchFolder { folder in
      try AtomicFileWriter.write("old", to: "\(folder)/file")
      do {
        let writer = try AtomicFileWriter(path: "\(folder)/file")
        try writer.write("new")
      }
      #expect(try content(of: "\(folder)/file") == Array("old".utf8))
      try AtomicFileWriter.write("new", to: "\(folder)/file")
      #expect(try content(of: "\(folder)/file") == Array("new".utf8))
      #expect(Folders.contents(of: folder) == ["file"])
    }
  }

  @Test func writesPiecesOfEverySizeInOrder() throws {
    try withScratchFolder { folder in
      let writer = try AtomicFileWriter(path: "\(folder)/file")
      var expected: [UInt8] = []
      for (index, size) in [0, 1, 65_535, 1, 65_536, 3, 200_000, 70_000, 5].enumerated() {
        let piece = [UInt8](repeating: UInt8(index + 65), count: size)
        if index.isMultiple(of: 2) {
          try piece.withUnsafeBytes { try writer.write($0) }
        } else {
          try writer.write(String(decoding: piece, as: UTF8.self))
        }
        expected += piece
      }
      try writer.commit()
      #expect(try content(of: "\(folder)/file") == expected)
    }
  }

  @Test func leftoversOfDeadProcessesAreRemoved() throws {
    try withScratchFolder { folder in
      let living = try AtomicFileWriter(path: "\(folder)/living")
      // No process has this number: it is above the largest that Linux gives.
      for name in ["dead.2000000000.tmp", "mine.tmp", "x.y.tmp", "file"] {
        try put([1], at: "\(folder)/\(name)")
      }
      AtomicFileWriter.removeLeftovers(in: folder)
      #expect(
        Folders.contents(of: folder) == ["file", "living.\(getpid()).tmp", "mine.tmp", "x.y.tmp"])
      try living.commit()
      #expect(Folders.contents(of: folder) == ["file", "living", "mine.tmp", "x.y.tmp"])
    }
  }

  @Test func namesWhatCannotBeWritten() throws {
    try withScratchFolder { folder in
      let directory = #expect(throws: FileError.self) { try AtomicFileWriter(path: folder) }
      #expect(directory?.description == "cannot write \(folder): it is a directory")
      let path = "\(folder)/none/file"
      let missing = #expect(throws: FileError.self) { try AtomicFileWriter(path: path) }
      #expect(missing?.description == "cannot write \(path): No such file or directory")
    }
  }

  @Test func writesThroughDevices() throws {
    let text = String(repeating: "x", count: 100_000)
    try AtomicFileWriter.write(text, to: "/dev/null")
    var status = stat()
    #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
    let full = #expect(throws: FileError.self) { try AtomicFileWriter.write(text, to: "/dev/full") }
    #expect(full?.description == "cannot write /dev/full: No space left on device")
  }

  @Test func keepsSymbolicLinks() throws {
    try withScratchFolder { folder in
      try AtomicFileWriter.write("old", to: "\(folder)/file")
      #expect(symlink("file", "\(folder)/link") == 0)
      try AtomicFileWriter.write("new", to: "\(folder)/link")
      var status = stat()
      #expect(lstat("\(folder)/link", &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
      #expect(try content(of: "\(folder)/file") == Array("new".utf8))
    }
  }
}

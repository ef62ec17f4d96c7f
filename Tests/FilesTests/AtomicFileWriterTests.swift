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
      let name = try #require(Folders.contents(of: folder).first)
      #expect(name.hasPrefix(".distill-bilstm-") && name.hasSuffix(".tmp"))
      // Nobody has locked these; only the first is of the kind that is ours.
      let others = ["file", "mine.2000000000.tmp", "mine.tmp"]
      for name in [".distill-bilstm-0123456789abcdef.tmp"] + others {
        try put([1], at: "\(folder)/\(name)")
      }
      #expect(symlink("mine.tmp", "\(folder)/.distill-bilstm-link.tmp") == 0)
      AtomicFileWriter.removeLeftovers(in: folder)
      #expect(
        Folders.contents(of: folder) == [".distill-bilstm-link.tmp", name].sorted() + others)
      try living.commit()
      #expect(
        Folders.contents(of: folder)
          == [".distill-bilstm-link.tmp", "file", "living"] + others.dropFirst())
    }
  }

  @Test func leftoversAreRemovedWhereTheNextFileIsWritten() throws {
    try withScratchFolder { folder in
      try put([1], at: "\(folder)/.distill-bilstm-0123456789abcdef.tmp")
      try AtomicFileWriter.write("new", to: "\(folder)/file")
      #expect(Folders.contents(of: folder) == ["file"])
    }
  }

  /// What a signal handler does, in a process of its own, as it removes the unfinished files of all tests.
  @Test func unfinishedFilesCanBeRemovedAtOnce() async {
    await #expect(processExitsWith: .success) {
      try withScratchFolder { folder in
        let writers = try (0..<3).map { try AtomicFileWriter(path: "\(folder)/\($0)") }
        try writers[0].commit()
        #expect(Folders.contents(of: folder).count == 3)
        UnfinishedFiles.prepare()
        UnfinishedFiles.removeAll()
        #expect(Folders.contents(of: folder) == ["0"])
        withExtendedLifetime(writers) {}
      }
    }
  }

  private func mode(of path: String) -> mode_t {
    var status = stat()
    return lstat(path, &status) == 0 ? status.st_mode : 0
  }

  @Test func aFileThatIsReplacedKeepsItsMode() throws {
    try withScratchFolder { folder in
      for mode: mode_t in [0o600, 0o640, 0o755, 0o400] {
        let path = "\(folder)/\(mode)"
        try put([1], at: path)
        chmod(path, mode)
        let writer = try AtomicFileWriter(path: path)
        let temporary = try #require(
          Folders.contents(of: folder).first { $0.hasPrefix(".distill-bilstm-") })
        // Nobody reads it while it is written who could not read it before.
        #expect(self.mode(of: "\(folder)/\(temporary)") & 0o077 == 0)
        try writer.write("new")
        try writer.commit()
        #expect(self.mode(of: path) == S_IFREG | mode)
      }
      try AtomicFileWriter.write("new", to: "\(folder)/fresh")
      let mask = umask(0)
      umask(mask)
      #expect(mode(of: "\(folder)/fresh") == S_IFREG | 0o644 & ~mask)
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

  @Test func replacesSymbolicLinksAndPipes() throws {
    try withScratchFolder { folder in
      try put(Array("precious".utf8), at: "\(folder)/file")
      #expect(symlink("file", "\(folder)/link") == 0)
      #expect(symlink("nothing", "\(folder)/dangling") == 0)
      #expect(symlink("/dev/null", "\(folder)/device") == 0)
      #expect(mkfifo("\(folder)/pipe", 0o600) == 0)
      for name in ["link", "dangling", "device", "pipe"] {
        try AtomicFileWriter.write("new", to: "\(folder)/\(name)")
        #expect(mode(of: "\(folder)/\(name)") & S_IFMT == S_IFREG)
      }
      #expect(try content(of: "\(folder)/file") == Array("precious".utf8))
      #expect(Folders.contents(of: folder) == ["dangling", "device", "file", "link", "pipe"])
    }
  }

  @Test func followsSymbolicLinksOfTheUserOnDemand() throws {
    try withScratchFolder { folder in
      try put(Array("old".utf8), at: "\(folder)/file")
      chmod("\(folder)/file", 0o600)
      #expect(symlink("file", "\(folder)/link") == 0)
      #expect(symlink("\(folder)/link", "\(folder)/outer") == 0)
      #expect(symlink("fresh", "\(folder)/dangling") == 0)
      for name in ["outer", "dangling"] {
        try AtomicFileWriter.write("new", to: "\(folder)/\(name)", symbolicLinks: .follow)
        #expect(mode(of: "\(folder)/\(name)") & S_IFMT == S_IFLNK)
      }
      #expect(mode(of: "\(folder)/link") & S_IFMT == S_IFLNK)
      for name in ["file", "fresh"] {
        #expect(try content(of: "\(folder)/\(name)") == Array("new".utf8))
      }
      #expect(mode(of: "\(folder)/file") == S_IFREG | 0o600)
      #expect(
        Folders.contents(of: folder) == ["dangling", "file", "fresh", "link", "outer"])
    }
  }

  /// Root alone can make a link of another user; others do not see this case.
  @Test(.enabled(if: geteuid() == 0)) func doesNotFollowALinkOfAnotherUser() throws {
    try withScratchFolder { folder in
      try put(Array("precious".utf8), at: "\(folder)/file")
      #expect(symlink("file", "\(folder)/link") == 0)
      #expect(lchown("\(folder)/link", 12345, 12345) == 0)
      try AtomicFileWriter.write("new", to: "\(folder)/link", symbolicLinks: .follow)
      #expect(try content(of: "\(folder)/file") == Array("precious".utf8))
      #expect(mode(of: "\(folder)/link") & S_IFMT == S_IFREG)
    }
  }
}

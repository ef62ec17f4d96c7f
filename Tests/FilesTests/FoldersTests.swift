import Files
import TestSupport
import Testing

@Suite struct FoldersTests {
  @Test(arguments: [("a", "."), ("a/b", "a"), ("/a", "/"), ("/a/b/c", "/a/b"), ("./a", ".")])
  func theParentIsTheFolderOfTheLastPart(_ path: String, _ parent: String) {
    #expect(Folders.parent(of: path) == parent)
  }

  @Test func createsFoldersAndListsThemSorted() throws {
    try withScratchFolder { folder in
      for name in ["b", "a", "c"] { try put([1, 2, 3], at: "\(folder)/\(name)") }
      #expect(Folders.contents(of: folder) == ["a", "b", "c"])
      #expect(Folders.contents(of: "\(folder)/none") == [])
      #expect(Folders.size(of: "\(folder)/a") == 3)
      #expect(Folders.size(of: "\(folder)/none") == nil)
      #expect(Folders.isDirectory(folder) && !Folders.isDirectory("\(folder)/a"))
      try Folders.create(folder)
      try Folders.create("\(folder)/")
    }
  }

  @Test func doesNotCreateAFolderOverAFile() throws {
    try withScratchFolder { folder in
      try put([], at: "\(folder)/file")
      let over = #expect(throws: FileError.self) { try Folders.create("\(folder)/file") }
      #expect(over?.description == "cannot write \(folder)/file: a file of that name is in the way")
      let within = #expect(throws: FileError.self) { try Folders.create("\(folder)/file/sub") }
      #expect(within?.description == "cannot write \(folder)/file/sub: Not a directory")
    }
  }

  @Test func aFolderIsHeldOnce() throws {
    try withScratchFolder { folder in
      try Folders.hold("\(folder)/run")
      var said: [String] = []
      let again = #expect(throws: FileError.self) {
        try Folders.hold("\(folder)/run/", patience: 0.2) { said.append($0) }
      }
      #expect(said.count == 1 && said[0].contains("waiting for its end"))
      #expect(again?.description.contains("/run/: another command is using it") == true)
      try Folders.hold("\(folder)/other")
    }
  }

  /// What a signal handler does, in a process of its own, as it removes the unfinished files of all tests.
  @Test func aHeldFolderThatStaysEmptyIsRemoved() async {
    await #expect(processExitsWith: .success) {
      try withScratchFolder { folder in
        try Folders.create("\(folder)/mine")
        for name in ["empty", "full", "mine"] { try Folders.hold("\(folder)/\(name)") }
        try put([1], at: "\(folder)/full/file")
        UnfinishedFiles.removeAll()
        #expect(Folders.contents(of: folder) == ["full", "mine"])
        #expect(Folders.contents(of: "\(folder)/full") == ["file"])
        // Nobody else is kept from a folder that is gone.
        try Folders.hold("\(folder)/empty", patience: 0)
        #expect(Folders.isDirectory("\(folder)/empty"))
      }
    }
  }

  @Test func dataErrorsReadAsOneLine() {
    let full = DataError(file: "f", line: 3, found: "x", expected: "y", remedy: "do z")
    #expect(full.description == "f:3: x; expected y; do z")
    #expect(DataError(file: "f", found: "x", expected: "y").description == "f: x; expected y")
  }
}

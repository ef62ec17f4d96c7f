import Files
import TestSupport
import Testing

/// All lines of a file as bytes, and the line numbers that were reported.
private func lines(of path: String, blockSize: Int) throws -> (lines: [[UInt8]], numbers: [Int]) {
  let reader = try LineReader(path: path, blockSize: blockSize)
  var lines: [[UInt8]] = []
  var numbers: [Int] = []
  while let line = try reader.next({ Array($0) }) {
    lines.append(line)
    numbers.append(reader.lineNumber)
  }
  return (lines, numbers)
}

/// The twin of `LineReader`, with the whole file in memory.
private func naiveLines(of bytes: [UInt8]) -> [[UInt8]] {
  var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
  if lines.last?.isEmpty == true { lines.removeLast() }
  lines = lines.map { line in
    Array(line.prefix(line.lastIndex { $0 != 0x0D }.map { $0 + 1 } ?? 0))
  }
  if let first = lines.first, first.starts(with: [0xEF, 0xBB, 0xBF]) {
    lines[0] = Array(first.dropFirst(3))
  }
  return lines
}

@Suite struct LineReaderTests {
  @Test(arguments: [
    "", "\n", "\n\n", "a", "a\n", "a\nb", "a\r\nb\r\n", "\r\n", "a\r", "\u{FEFF}a\n\u{FEFF}b\n",
    "\u{FEFF}", "\u{FEFF}\r\n\r\n", "exactly sixteen!", "exactly sixteen!\n", "fifteen bytes..\nx",
    String(repeating: "long ", count: 40) + "\nshort\n" + String(repeating: "x", count: 333),
  ])
  func agreesWithASplit(_ text: String) throws {
    try withScratchFolder { folder in
      let path = "\(folder)/lines"
      try put(Array(text.utf8), at: path)
      let expected = naiveLines(of: Array(text.utf8))
      for blockSize in [1, 16, 17, 31, 64, 1 << 18] {
        let found = try lines(of: path, blockSize: blockSize)
        #expect(found.lines == expected, "block size \(blockSize)")
        #expect(found.numbers == Array(1..<expected.count + 1))
      }
    }
  }

  @Test func agreesWithASplitOnRandomBytes() throws {
    try withScratchFolder { folder in
      var state: UInt64 = 7
      for round in 0..<200 {
        let bytes = (0..<round).map { _ -> UInt8 in
          state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          return [0x0A, 0x0D, 0x61, 0xEF, 0xBB, 0xBF, 0x00, 0xFF][Int(state >> 61)]
        }
        try put(bytes, at: "\(folder)/random")
        let found = try lines(of: "\(folder)/random", blockSize: 16 + round % 5)
        #expect(found.lines == naiveLines(of: bytes), "\(bytes)")
      }
    }
  }

  @Test func readsTheLongestLineAndNoLonger() throws {
    try withScratchFolder { folder in
      let path = "\(folder)/long"
      let longest = [UInt8](repeating: 0x78, count: LineReader.longestLine)
      for end in [[], [0x0A], [0x0D, 0x0A]] as [[UInt8]] {
        try put([0x61, 0x0A] + longest + end, at: path)
        let sizes = try lines(of: path, blockSize: 17).lines.map(\.count)
        #expect(sizes == [1, longest.count])
      }
      for end in [[], [0x0A], [0x0D, 0x0A], [0x78, 0x78, 0x78]] as [[UInt8]] {
        try put([0x61, 0x0A] + longest + [0x78] + end, at: path)
        let error = #expect(throws: DataError.self) { try lines(of: path, blockSize: 1 << 18) }
        #expect(
          error?.description
            == "\(path):2: a line of more than 16777216 bytes; expected lines of text; "
            + "is this a binary file? cut a long JSON array into lines with: jq -c '.[]'")
      }
    }
  }

  @Test func refusesLinesThatAreNotUTF8() throws {
    try withScratchFolder { folder in
      try put([0x61, 0x0A, 0xE9, 0x0A], at: "\(folder)/latin1")
      let reader = try LineReader(path: "\(folder)/latin1")
      #expect(try reader.nextString() == "a")
      let error = #expect(throws: DataError.self) { try reader.nextString() }
      #expect(
        error?.description
          == "\(folder)/latin1:2: bytes that are not UTF-8; expected UTF-8 text; "
          + "convert it with: iconv -f latin1 -t utf-8")
    }
  }

  @Test func goesOnBehindALineWhoseReaderThrew() throws {
    struct Stop: Error {}
    try withScratchFolder { folder in
      try put(Array("a\nb\n".utf8), at: "\(folder)/ab")
      let reader = try LineReader(path: "\(folder)/ab")
      #expect(throws: Stop.self) { try reader.next { _ in throw Stop() } }
      #expect(try reader.nextString() == "b")
      #expect(try reader.nextString() == nil)
      #expect(try reader.nextString() == nil)
    }
  }

  @Test func namesWhatCannotBeOpened() throws {
    try withScratchFolder { folder in
      let missing = #expect(throws: FileError.self) { try LineReader(path: "\(folder)/none") }
      #expect(missing?.description == "cannot open \(folder)/none: No such file or directory")
      let directory = #expect(throws: FileError.self) { try LineReader(path: folder) }
      #expect(directory?.description == "cannot open \(folder): it is a directory")
    }
  }
}

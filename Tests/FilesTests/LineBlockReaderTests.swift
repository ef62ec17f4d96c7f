import Files
import Glibc
import TestSupport
import Testing

@Suite struct LineBlockReaderTests {
  /// The blocks of a file, each with the bytes that stand before it.
  private static func blocks(
    of bytes: [UInt8], blockSize: Int = 16
  ) throws -> [(offset: Int, text: String)] {
    try withScratchFolder { folder in
      try put(bytes, at: "\(folder)/text")
      let reader = try LineBlockReader(path: "\(folder)/text", blockSize: blockSize)
      var blocks: [(Int, String)] = []
      while try reader.next({ blocks.append(($1, String(decoding: $0, as: UTF8.self))) }) {}
      #expect(try !reader.next { _, _ in })
      return blocks
    }
  }

  @Test func blocksAreWholeLinesAndTogetherTheInput() throws {
    let text = "a\n\nbc\r\nÜber\n" + String(repeating: "long ", count: 20) + "\nlast"
    for blockSize in 16...40 {
      var end = 0
      let blocks = try Self.blocks(of: Array(text.utf8), blockSize: blockSize)
      for (index, (offset, block)) in blocks.enumerated() {
        #expect(offset == end)
        #expect(block.hasSuffix("\n") || index == blocks.count - 1)
        end += block.utf8.count
      }
      #expect(blocks.map(\.text).joined() == text)
      #expect(blocks.count > 1)
    }
  }

  @Test func aByteOrderMarkIsPassedOverAndCounted() throws {
    let blocks = try Self.blocks(of: [0xEF, 0xBB, 0xBF] + Array("a\n".utf8))
    #expect(blocks.map(\.offset) == [3])
    #expect(blocks.map(\.text) == ["a\n"])
    #expect(try Self.blocks(of: [0xEF, 0xBB, 0xBF]).isEmpty)
    #expect(try Self.blocks(of: []).isEmpty)
  }

  @Test func nulBytesArePartOfTheText() throws {
    #expect(try Self.blocks(of: Array("a\0b\n".utf8)).map(\.text) == ["a\0b\n"])
  }

  @Test func linesBeforeInvalidBytesAreDeliveredAndThenItIsAnError() throws {
    try withScratchFolder { folder in
      let path = "\(folder)/text"
      try put(Array("good\nfine\nna".utf8) + [0xEF] + Array("ve\nmore\n".utf8), at: path)
      let reader = try LineBlockReader(path: path)
      var seen = ""
      #expect(try reader.next { lines, _ in seen += String(decoding: lines, as: UTF8.self) })
      #expect(seen == "good\nfine\n")
      #expect(
        throws: DataError(
          file: path, line: 3, found: "the byte 0xEF at byte 3 of the line", expected: "UTF-8 text",
          remedy: "convert it with: iconv -f latin1 -t utf-8")
      ) { _ = try reader.next { _, _ in } }
    }
  }

  @Test func aPipeIsAnsweredBeforeItsSecondLineIsWritten() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let reader = try LineBlockReader(path: "/dev/fd/\(ends[0])")
    for line in ["first\n", "second\nthird\n"] {
      #expect(write(ends[1], line, line.utf8.count) == line.utf8.count)
      var seen = ""
      #expect(try reader.next { lines, _ in seen = String(decoding: lines, as: UTF8.self) })
      #expect(seen == line)
    }
    close(ends[1])
    #expect(try !reader.next { _, _ in })
    close(ends[0])
  }
}

import Files
import TestSupport
import Testing

@Suite struct ByteReaderTests {
  /// What was looked at is read as if it had not been.
  @Test(arguments: [1, 3, 5, 100])
  func lookingAheadTakesNothingAway(_ blockSize: Int) throws {
    let path = temporaryPath("bytes")
    try put(Array("first\nsecond\n".utf8), at: path)
    let reader = try ByteReader(path: path)
    #expect(reader.isRegularFile)
    #expect(try reader.peek(4) == Array("firs".utf8))
    #expect(try reader.peek(100) == Array("firs".utf8))
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: blockSize, alignment: 1)
    defer { block.deallocate() }
    var read: [UInt8] = []
    while case let count = try reader.read(into: block), count > 0 { read += block[..<count] }
    #expect(read == Array("first\nsecond\n".utf8))
    #expect(try reader.peek(4) == [])
  }

  @Test func theLinesOfAFileThatWasLookedAtAreAllRead() throws {
    let path = temporaryPath("lines")
    try put(Array("a\nb\nc".utf8), at: path)
    let reader = try ByteReader(path: path)
    _ = try reader.peek(3)
    let lines = LineReader(reader)
    #expect(try (0..<4).map { _ in try lines.nextString() } == ["a", "b", "c", nil])
  }

  @Test func anEmptyFileHasNothingToLookAt() throws {
    let reader = try ByteReader(path: "/dev/null")
    #expect(!reader.isRegularFile)
    #expect(try reader.peek(8) == [])
  }
}

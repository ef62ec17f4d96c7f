import Files
import Glibc
import TestSupport
import Testing

@Suite struct MappedFileTests {
  @Test(arguments: [0, 1, 4095, 4096, 100_001])
  func mapsEveryByte(_ size: Int) throws {
    try withScratchFolder { folder in
      let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      try put(bytes, at: "\(folder)/file")
      let file = try MappedFile(path: "\(folder)/file")
      withExtendedLifetime(file) { #expect(Array(file.bytes) == bytes) }
    }
  }

  @Test func namesWhatCannotBeMapped() throws {
    try withScratchFolder { folder in
      let missing = #expect(throws: FileError.self) { try MappedFile(path: "\(folder)/none") }
      #expect(missing?.description == "cannot open \(folder)/none: No such file or directory")
      let directory = #expect(throws: FileError.self) { try MappedFile(path: folder) }
      #expect(directory?.description == "cannot open \(folder): it is a directory")
      let device = #expect(throws: FileError.self) { try MappedFile(path: "/dev/null") }
      #expect(device?.description == "cannot open /dev/null: not a regular file")
    }
  }

  @Test func aCopyDoesNotDependOnTheFile() throws {
    try withScratchFolder { folder in
      let path = "\(folder)/file"
      let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
      try put(bytes, at: path)
      let file = try MappedFile(path: path, isCopied: true)
      // Of a mapped file, the pages behind the new end could not be read any more.
      #expect(truncate(path, 10) == 0)
      file.release()
      withExtendedLifetime(file) { #expect(Array(file.bytes) == bytes) }
    }
  }

  @Test func embeddedBytesTakeThePlaceOfAFile() {
    let bytes = (0..<5000).map { UInt8(truncatingIfNeeded: $0) }
    bytes.withUnsafeBytes { memory in
      let file = MappedFile(path: "embedded/file", embedded: memory)
      file.release()
      #expect(file.path == "embedded/file" && file.bytes.baseAddress == memory.baseAddress)
      withExtendedLifetime(file) { #expect(Array(file.bytes) == bytes) }
    }
    // It was not its memory to give back.
    #expect(bytes.last == UInt8(truncatingIfNeeded: 4999))
  }
}

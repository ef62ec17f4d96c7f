import Files
import FuzzReaders
import TestSupport
import Testing

/// Replays Tests/Fuzz/Corpus, a folder a reader: examples of the format, and inputs that `make fuzz` found.
struct FuzzedReaderTests {
  @Test(arguments: FuzzedReader.allCases)
  func readsItsCorpus(reader: FuzzedReader) throws {
    let folder = fixture("Fuzz/Corpus/\(reader.rawValue)")
    let names = Folders.contents(of: folder)
    #expect(names.count > 1)
    for name in names {
      try content(of: "\(folder)/\(name)").withUnsafeBytes { reader.read($0) }
    }
  }

  @Test(arguments: FuzzedReader.allCases)
  func readsEveryBeginningOfAnExample(reader: FuzzedReader) throws {
    let example = try content(of: fixture("Fuzz/Corpus/\(reader.rawValue)/example"))
    for count in 0...example.count {
      example[..<count].withUnsafeBytes { reader.read($0) }
    }
  }

  @Test(arguments: FuzzedReader.allCases)
  func readsAnExampleWithOneOtherByte(reader: FuzzedReader) throws {
    let example = try content(of: fixture("Fuzz/Corpus/\(reader.rawValue)/example"))
    for index in example.indices {
      for byte: UInt8 in [0, 0x0A, 0x20, 0x22, 0x30, 0x39, 0x5D, 0x7F, 0x80, 0xFF] {
        var changed = example
        changed[index] = byte
        changed.withUnsafeBytes { reader.read($0) }
      }
    }
  }
}

import Files
import TestSupport
import Testing
import Tokenization

@Suite("Vocabulary")
struct VocabularyTests {
  private func vocabulary(_ text: String) throws -> Vocabulary {
    try Array(text.utf8).withUnsafeBytes { try Vocabulary(bytes: $0, file: "vocab.txt") }
  }

  @Test("every piece of the file is found by its last id")
  func lookups() throws {
    let vocabulary = try GoldenFiles.vocabulary()
    let lines = try GoldenFiles.records("vocab.txt", endingWith: 0x0A)
    #expect(vocabulary.count == lines.count)
    var last: [[UInt8]: Int32] = [:]
    for (id, line) in lines.enumerated() { last[Array(line.utf8)] = Int32(id) }
    for (id, line) in lines.enumerated() {
      #expect(vocabulary.piece(Int32(id)).map { Array($0.utf8) } == Array(line.utf8))
      if !line.isEmpty { #expect(vocabulary.id(of: line) == last[Array(line.utf8)]) }
    }
    #expect(last.count == lines.count - 1, "the vocabulary holds one piece twice")
    #expect(vocabulary.id(of: "no such piece") == nil)
    #expect(vocabulary.piece(-1) == nil)
    #expect(vocabulary.piece(Int32(lines.count)) == nil)
  }

  @Test("a piece with ## is another than the one without")
  func continuations() throws {
    let vocabulary = try vocabulary("ing\n##ing\n##\n#\n###\n")
    #expect(["ing", "##ing", "##", "#", "###"].map { vocabulary.id(of: $0) } == [0, 1, 2, 3, 4])
    #expect(vocabulary.id(of: "##n") == nil)
  }

  @Test("line ends, white space at line ends and a missing last line end do not count")
  func lineEnds() throws {
    let vocabulary = try vocabulary("a\r\nb \nc\u{A0}\u{3000}\n\n d\ne")
    #expect(vocabulary.count == 6)
    #expect((0..<6).map { vocabulary.piece($0) } == ["a", "b", "c", "", " d", "e"])
    #expect(vocabulary.id(of: "c") == 2)
  }

  @Test("the last of two equal pieces counts")
  func duplicates() throws {
    let vocabulary = try vocabulary("a\nb\na\n##c\n##c\n")
    #expect(vocabulary.id(of: "a") == 2)
    #expect(vocabulary.id(of: "##c") == 4)
    #expect(vocabulary.piece(0) == "a")
  }

  @Test("what is written is read again")
  func roundTrip() throws {
    let vocabulary = try GoldenFiles.vocabulary()
    let path = temporaryPath("vocab.txt")
    try vocabulary.write(to: path)
    let again = try Vocabulary(path: path)
    #expect(again.count == vocabulary.count)
    let ids = 0..<Int32(vocabulary.count)
    #expect(ids.allSatisfy { again.piece($0) == vocabulary.piece($0) })
  }

  @Test("files that hold no vocabulary are errors")
  func errors() throws {
    let empty = try #require(throws: DataError.self) { try vocabulary("") }
    #expect(
      empty.description
        == "vocab.txt: an empty file; expected a vocabulary with one piece a line; "
        + "copy the model's vocab.txt again")
    let latin1: [UInt8] = [0x61, 0x0A, 0x62, 0xE9, 0x0A, 0xE9, 0x0A]
    let binary = try #require(throws: DataError.self) {
      try latin1.withUnsafeBytes { try Vocabulary(bytes: $0, file: "vocab.txt") }
    }
    #expect(
      binary.description
        == "vocab.txt:2: bytes that are not UTF-8; expected a vocabulary in UTF-8 with one piece "
        + "a line; is this the vocab.txt of a BERT model?")
    let missing = try #require(throws: FileError.self) {
      try Vocabulary(path: "/no/such/vocab.txt")
    }
    #expect(missing.description == "cannot open /no/such/vocab.txt: No such file or directory")
  }
}

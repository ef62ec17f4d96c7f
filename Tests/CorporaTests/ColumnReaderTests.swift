import Corpora
import Files
import TestSupport
import Testing

private func sentences(_ text: String, encoding: TextEncoding = .utf8) throws -> [Sentence] {
  try Corpus.read(ColumnReader(bytes: Array(text.utf8), name: "x.conll", encoding: encoding))
    .sentences
}

private func message(reading bytes: [UInt8]) -> String {
  do {
    _ = try Corpus.read(ColumnReader(bytes: bytes, name: "x.conll"))
    return "no error"
  } catch {
    return "\(error)"
  }
}

@Suite struct ColumnReaderTests {
  @Test func readsFourColumnsWithDocuments() throws {
    let read = try sentences(
      """
      -DOCSTART- -X- O O

      EU NNP I-NP I-ORG
      rejects VBZ I-VP O

      -DOCSTART- -X- O O

      Bonn NNP I-NP I-LOC
      """)
    #expect(
      read == [
        Sentence(
          words: ["EU", "rejects"], tags: ["B-ORG", "O"], partsOfSpeech: ["NNP", "VBZ"],
          startsDocument: true, line: 3),
        Sentence(
          words: ["Bonn"], tags: ["B-LOC"], partsOfSpeech: ["NNP"], startsDocument: true, line: 8),
      ])
  }

  @Test func readsThreeTwoAndOneColumn() throws {
    #expect(
      try sentences("a DT O\n") == [
        Sentence(words: ["a"], tags: ["O"], partsOfSpeech: ["DT"], line: 1)
      ])
    #expect(try sentences("a O\n") == [Sentence(words: ["a"], tags: ["O"], line: 1)])
    #expect(try sentences("a\nb\n") == [Sentence(words: ["a", "b"], line: 1)])
  }

  @Test func separatesByTabsOrRunsOfSpaces() throws {
    let expected = [Sentence(words: ["Bonn", "."], tags: ["B-LOC", "O"], line: 1)]
    #expect(try sentences("Bonn\tB-LOC\n.\tO\n") == expected)
    #expect(try sentences("Bonn   B-LOC \n  .  O\n") == expected)
    #expect(try sentences("Bonn\t\tB-LOC\t\n. O\n") == expected)
    #expect(
      try sentences("New York \tNNP\tB-LOC\n") == [
        Sentence(words: ["New York"], tags: ["B-LOC"], partsOfSpeech: ["NNP"], line: 1)
      ])
  }

  @Test func readsByteOrderMarkCarriageReturnsAndAMissingLastNewline() throws {
    let read = try sentences("\u{FEFF}a O\r\n\r\n \t\r\nb B-X\r\nc I-X")
    #expect(
      read == [
        Sentence(words: ["a"], tags: ["O"], line: 1),
        Sentence(words: ["b", "c"], tags: ["B-X", "I-X"], line: 4),
      ])
  }

  @Test func aFileReadsAsItsBytesDo() throws {
    let path = temporaryPath("corpus.conll")
    let writer = try AtomicFileWriter(path: path)
    try writer.write(UnsafeRawBufferPointer(BundledCorpus.dev.bytes))
    try writer.commit()
    let fromFile = try Corpus.read(path: path)
    #expect(fromFile.name == path)
    #expect(try fromFile.sentences == BundledCorpus.dev.read().sentences)
  }

  @Test func documentStartInsideASentenceEndsIt() throws {
    let read = try sentences("a O\n-DOCSTART- O\nb O\n")
    #expect(read.map(\.words) == [["a"], ["b"]])
    #expect(read.map(\.startsDocument) == [false, true])
  }

  @Test func readsLatin1() throws {
    let bytes: [UInt8] = Array("Coru".utf8) + [0xF1, 0x61] + Array(" B-LOC\n".utf8)
    let reader = ColumnReader(bytes: bytes, name: "x.conll", encoding: .latin1)
    #expect(try reader.next()?.words == ["Coruña"])
  }

  @Test func keepsCanonicallyEquivalentWordsApart() throws {
    let read = try sentences("e\u{301} O\n\u{E9} O\n")
    #expect(read[0].words.map { Array($0.utf8) } == [[0x65, 0xCC, 0x81], [0xC3, 0xA9]])
  }

  @Test func errorsNameTheLineAndTheRemedy() {
    #expect(
      message(reading: Array("a DT O\nb DT O\n\nc O\n".utf8))
        == "x.conll:4: 2 columns in \"c O\"; expected 3 as in line 1; separate columns by a tab or "
        + "by spaces, leave none empty, and put an empty line between sentences")
    #expect(
      message(reading: Array("a O\nb X-LOC\n".utf8))
        == "x.conll:2: the tag \"X-LOC\" in column 2; expected O, B-TYPE or I-TYPE; "
        + "the last column must be the entity tag")
    #expect(
      message(reading: Array("a O\nb S-LOC\n".utf8))
        == "x.conll:2: the tag \"S-LOC\" in column 2; expected O, B-TYPE or I-TYPE; "
        + "convert BIOES or BILOU tags to IOB2")
    #expect(
      message(reading: Array("a O\n\nCoru".utf8) + [0xF1] + Array("a O\n".utf8))
        == "x.conll:3: bytes that are not UTF-8; expected UTF-8 text; "
        + "convert it with: iconv -f latin1 -t utf-8")
    #expect(
      message(reading: Array("\n\n-DOCSTART-\n".utf8))
        == "x.conll: no sentences; expected one word a line in columns, "
        + "an empty line after each sentence")
  }

  @Test(arguments: ["B-", "I-", "B", "I", "OO", "o", "B_X", "b-X", "-", "BX"])
  func rejectsTag(_ tag: String) {
    #expect(message(reading: Array("a \(tag)\n".utf8)).hasPrefix("x.conll:1: the tag \"\(tag)\""))
  }

  @Test func errorsShowLongAndHostileTextOnOneShortLine() {
    let long = String(repeating: "y", count: 1000)
    let text = message(reading: Array("a O\nb \u{1B}[31m\(long)\n".utf8))
    #expect(text.utf8.count < 200)
    #expect(!text.contains("\u{1B}"))
  }

  @Test func missingFileIsAFileError() {
    #expect(throws: FileError.self) { try Corpus.read(path: "/nonexistent/corpus.conll") }
    #expect(throws: FileError.self) { try Corpus.read(path: "/") }
  }

  /// Any bytes are read or refused, never a trap: all lines of three bytes over the bytes that the parser looks at.
  @Test func neverTrapsOnOddLines() {
    let alphabet = Array(" \t\r\nBIO-X".utf8) + [0x00, 0xEF, 0xBB, 0xBF, 0xFF]
    var read = 0
    for first in alphabet {
      for second in alphabet {
        for third in alphabet {
          for fourth in alphabet {
            let text = message(reading: [first, second, third, fourth])
            read += text == "no error" ? 1 : 0
          }
        }
      }
    }
    #expect(read > 0)
  }
}

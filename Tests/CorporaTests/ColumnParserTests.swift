import Corpora
import Files
import TestSupport
import Testing

private func sentences(_ text: String, columns: String? = nil) throws -> [Example] {
  let format = CorpusFormat(columns: columns.flatMap { ColumnSelection($0) })
  return try Corpus.read(
    CorpusReader(bytes: Array(text.utf8), name: "x.conll", format: format)
  ).examples
}

/// The error that reading bytes as a file of a name ends with, or `no error`.
func message(
  reading bytes: [UInt8], as name: String = "x.conll", format: CorpusFormat = CorpusFormat()
) -> String {
  do {
    _ = try Corpus.read(CorpusReader(bytes: bytes, name: name, format: format))
    return "no error"
  } catch {
    return "\(error)"
  }
}

@Suite struct ColumnParserTests {
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
        Example(
          words: ["EU", "rejects"], tags: ["B-ORG", "O"], partsOfSpeech: ["NNP", "VBZ"],
          startsDocument: true, line: 3),
        Example(
          words: ["Bonn"], tags: ["B-LOC"], partsOfSpeech: ["NNP"], startsDocument: true, line: 8),
      ])
  }

  @Test func readsThreeTwoAndOneColumn() throws {
    #expect(
      try sentences("a DT O\n") == [
        Example(words: ["a"], tags: ["O"], partsOfSpeech: ["DT"], line: 1)
      ])
    #expect(try sentences("a O\n") == [Example(words: ["a"], tags: ["O"], line: 1)])
    #expect(try sentences("a\nb\n") == [Example(words: ["a", "b"], line: 1)])
  }

  @Test func separatesByTabsOrRunsOfSpaces() throws {
    let expected = [Example(words: ["Bonn", "."], tags: ["B-LOC", "O"], line: 1)]
    #expect(try sentences("Bonn\tB-LOC\n.\tO\n") == expected)
    #expect(try sentences("Bonn   B-LOC \n  .  O\n") == expected)
    #expect(try sentences("Bonn\t\tB-LOC\t\n. O\n") == expected)
    #expect(
      try sentences("New York \tNNP\tB-LOC\n") == [
        Example(words: ["New York"], tags: ["B-LOC"], partsOfSpeech: ["NNP"], line: 1)
      ])
  }

  @Test func readsByteOrderMarkCarriageReturnsAndAMissingLastNewline() throws {
    let read = try sentences("\u{FEFF}a O\r\n\r\n \t\r\nb B-X\r\nc I-X")
    #expect(
      read == [
        Example(words: ["a"], tags: ["O"], line: 1),
        Example(words: ["b", "c"], tags: ["B-X", "I-X"], line: 4),
      ])
  }

  @Test func aFileReadsAsItsBytesDo() throws {
    let path = temporaryPath("corpus.conll")
    let writer = try AtomicFileWriter(path: path)
    try writer.write(UnsafeRawBufferPointer(BundledCorpus.gazette.dev.bytes))
    try writer.commit()
    let fromFile = try Corpus.read(path: path)
    #expect(fromFile.name == path)
    #expect(try fromFile.examples == BundledCorpus.gazette.dev.read().examples)
  }

  @Test func documentStartInsideASentenceEndsIt() throws {
    let read = try sentences("a O\n-DOCSTART- O\nb O\n")
    #expect(read.map(\.words) == [["a"], ["b"]])
    #expect(read.map(\.startsDocument) == [false, true])
  }

  @Test func readsTheColumnsThatAreNamed() throws {
    let text = "0 Bonn B-LOC x NNP\n1 . O x .\n"
    #expect(
      try sentences(text, columns: "word=1,pos=-1,tag=2") == [
        Example(
          words: ["Bonn", "."], tags: ["B-LOC", "O"], partsOfSpeech: ["NNP", "."], line: 1)
      ])
    #expect(
      try sentences(text, columns: "word=1,tag=-3") == [
        Example(words: ["Bonn", "."], tags: ["B-LOC", "O"], line: 1)
      ])
    #expect(try sentences(text, columns: "word=4").map(\.words) == [["NNP", "."]])
  }

  @Test func columnsThatAreNotThereAreErrors() {
    func message(_ columns: String) -> String {
      CorporaTests.message(
        reading: Array("a O\n".utf8),
        format: CorpusFormat(columns: ColumnSelection(columns)))
    }
    #expect(
      message("word=0,tag=2")
        == "x.conll:1: 2 columns in \"a O\"; expected a column 2, as in --columns word=0,tag=2; "
        + "columns count from 0, or from the end as -1, -2")
    #expect(message("word=-3").hasPrefix("x.conll:1: 2 columns in \"a O\"; expected a column -3"))
    #expect(message("word=\(Int.min)").hasPrefix("x.conll:1: 2 columns"))
    #expect(
      message("word=0,pos=-2")
        == "x.conll:1: 2 columns in \"a O\"; expected a column for each of --columns word=0,pos=-2; "
        + "name every column at most once")
  }

  @Test func aSelectionIsReadAsItIsWritten() {
    #expect(
      ColumnSelection("tag=-1,word=2") == ColumnSelection(word: 2, partOfSpeech: nil, tag: -1))
    #expect(ColumnSelection("pos=1") == ColumnSelection(word: 0, partOfSpeech: 1, tag: nil))
    #expect(ColumnSelection("tag=-1,word=2,pos=0")?.description == "word=2,pos=0,tag=-1")
    for text in [
      "", "word", "word=", "word=x", "word=1,", "word=1,word=2", "lemma=1", "word=1=2",
      "word=99999999999999999999",
    ] {
      #expect(ColumnSelection(text) == nil, "\(text)")
    }
  }

  @Test func readsLatin1() throws {
    let bytes: [UInt8] = Array("Coru".utf8) + [0xF1, 0x61] + Array(" B-LOC\n".utf8)
    let reader = CorpusReader(
      bytes: bytes, name: "x.conll", format: CorpusFormat(encoding: .latin1))
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
        == "x.conll:2: the tag \"X-LOC\" in column 1; expected O, B-TYPE or I-TYPE (B-NN for a "
        + "part of speech), or those of BIOES or BILOU; name the columns, counted from 0, with --columns, such as "
        + "word=0,pos=1,tag=-1; one that is left out is not read")
    #expect(
      message(reading: Array("a O\n\nCoru".utf8) + [0xF1] + Array("a O\n".utf8))
        == "x.conll:3: bytes that are not UTF-8; expected UTF-8 text; give --encoding latin1 if it "
        + "is ISO 8859-1, or convert it with: iconv -f ENCODING -t utf-8")
    #expect(
      message(reading: Array("\n\n-DOCSTART-\n".utf8))
        == "x.conll: no sentences; expected one word a line in columns, "
        + "an empty line after each sentence; CoNLL-U; JSON Lines; or a text in each row of a table"
    )
  }

  @Test(arguments: ["B-", "I-", "B", "I", "OO", "o", "B_X", "b-X", "-", "BX"])
  func rejectsTag(_ tag: String) {
    #expect(message(reading: Array("a \(tag)\n".utf8)).hasPrefix("x.conll:1: the tag \"\(tag)\""))
  }

  @Test func errorsShowLongAndHostileTextOnOneShortLine() {
    let long = String(repeating: "y", count: 1000)
    let text = message(reading: Array("a O\nb \u{1B}[31m\(long)\n".utf8))
    #expect(text.utf8.count < 300)
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

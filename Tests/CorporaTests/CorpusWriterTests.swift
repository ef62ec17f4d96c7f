import Corpora
import Files
import TestSupport
import Testing

@Suite struct CorpusWriterTests {
  private func written(_ sentences: [Sentence]) throws -> String {
    let path = temporaryPath("written.conll")
    let writer = try CorpusWriter(path: path)
    for sentence in sentences { try writer.write(sentence) }
    try writer.commit()
    let file = try MappedFile(path: path)
    return withExtendedLifetime(file) { String(decoding: file.bytes, as: UTF8.self) }
  }

  @Test func writesAsManyColumnsAsThereAre() throws {
    let text = try written([
      Sentence(words: ["Bonn", "."], tags: ["B-LOC", "O"], partsOfSpeech: ["NNP", "."])
    ])
    #expect(text == "Bonn NNP B-LOC\n. . O\n\n")
    #expect(try written([Sentence(words: ["Bonn"], tags: ["B-LOC"])]) == "Bonn B-LOC\n\n")
    #expect(try written([Sentence(words: ["Bonn"])]) == "Bonn\n\n")
  }

  @Test func separatesByTabsWhereAWordHoldsASpace() throws {
    let text = try written([Sentence(words: ["New York", "is"], tags: ["B-LOC", "O"])])
    #expect(text == "New York\tB-LOC\nis O\n\n")
  }

  @Test(arguments: BundledCorpus.allCases)
  func readsBackWhatItWrote(_ split: BundledCorpus) throws {
    let text = try written(split.read().sentences)
    #expect(Array(text.utf8) == Array(split.bytes).withTrailingBlankLine)
  }

  @Test func nothingIsLeftWithoutCommit() throws {
    let path = temporaryPath("aborted.conll")
    do {
      let writer = try CorpusWriter(path: path)
      try writer.write(Sentence(words: ["a"]))
    }
    #expect(!Folders.exists(path))
  }
}

extension [UInt8] {
  /// The bytes with the empty line after the last sentence that some files leave out.
  fileprivate var withTrailingBlankLine: [UInt8] {
    suffix(2) == [0x0A, 0x0A] ? self : self + [0x0A]
  }
}

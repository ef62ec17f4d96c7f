import Corpora
import Labels
import TestSupport
import Testing

/// Counts of a corpus of words with tags.
private func counts(
  _ documents: Int, _ sentences: Int, _ words: Int, _ entities: Int
) -> Corpus.Counts {
  var counts = Corpus.Counts()
  counts.documents = documents
  counts.examples = sentences
  counts.words = words
  counts.entities = entities
  return counts
}

@Suite struct CorpusCountsTests {
  @Test(arguments: [
    (BundledPart.Split.train, 68, 816, 16_303, 1_554), (.dev, 12, 144, 2_868, 249),
    (.test, 20, 240, 4_744, 471),
  ])
  func bundled(
    _ split: BundledPart.Split, documents: Int, sentences: Int, tokens: Int, entities: Int
  ) throws {
    let corpus = try BundledPart(.gazette, split).read()
    #expect(corpus.name == "gazette.\(split)")
    #expect(
      corpus.counts
        == counts(documents, sentences, tokens, entities))
    #expect(corpus.evidence.scheme == .iob2)
    #expect(corpus.evidence.irregular == 0)
    #expect(corpus.hasTags && corpus.hasPartsOfSpeech)
    #expect(LabelSet(learnedFrom: corpus.examples).types == ["LOC", "MISC", "ORG", "PER"])
  }

  /// The counts that `../shared/data/README.md` gives for the public corpora.
  @Test(arguments: [
    ("conll2003/eng.train", TagScheme.iob1, 946, 14_041, 203_621, 23_499),
    ("conll2003/eng.testa", .iob1, 216, 3_250, 51_362, 5_942),
    ("conll2003/eng.testb", .iob1, 231, 3_453, 46_435, 5_648),
    ("wikigold/wikigold.conll.txt", .iob1, 144, 1_696, 39_007, 3_558),
    ("conll2002-es/esp.train", .iob2, 0, 8_323, 264_715, 18_798),
    ("conll2002-es/esp.testa", .iob2, 0, 1_915, 52_923, 4_352),
    ("conll2002-es/esp.testb", .iob2, 0, 1_517, 51_533, 3_559),
  ])
  func shared(
    _ file: String, scheme: TagScheme, documents: Int, sentences: Int, tokens: Int, entities: Int
  ) throws {
    guard let sharedFolder else {
      print("skipped: counts of \(file), because ../shared/data is not there")
      return
    }
    let corpus = try Corpus.read(path: "\(sharedFolder)/data/\(file)")
    #expect(
      corpus.counts
        == counts(documents, sentences, tokens, entities))
    #expect(corpus.evidence.scheme == scheme)
    // One illegal I- opens each Spanish file; two entities of eng.train begin with B- behind O.
    let irregular = file.hasPrefix("conll2002-es") ? 1 : file == "conll2003/eng.train" ? 2 : 0
    #expect(corpus.evidence.irregular == irregular)
  }

  /// UD English-EWT: words are the lines with a whole number as ID, documents the `# newdoc` lines.
  @Test(arguments: [
    ("train", 540, 12_544, 204_577), ("dev", 318, 2_001, 25_147), ("test", 316, 2_077, 25_094),
  ])
  func sharedTreebank(_ split: String, documents: Int, sentences: Int, tokens: Int) throws {
    guard let sharedFolder else {
      print("skipped: counts of ud-ewt \(split), because ../shared/data is not there")
      return
    }
    let corpus = try Corpus.read(path: "\(sharedFolder)/data/ud-ewt/en_ewt-ud-\(split).conllu")
    #expect(
      corpus.counts
        == counts(documents, sentences, tokens, 0))
    #expect(corpus.hasPartsOfSpeech && !corpus.hasTags)
  }

  /// The Spanish files are UTF-8; in ISO 8859-1, in which they were published, they read as the same sentences.
  @Test func sharedSpanishInLatin1() throws {
    guard let sharedFolder else {
      print("skipped: Spanish in ISO 8859-1, because ../shared/data is not there")
      return
    }
    let bytes = try content(of: "\(sharedFolder)/data/conll2002-es/esp.testb")
    let latin1 = try String(decoding: bytes, as: UTF8.self).unicodeScalars.map {
      try #require(UInt8(exactly: $0.value))
    }
    #expect(latin1.count < bytes.count)
    let reader = CorpusReader(
      bytes: latin1, name: "x", format: CorpusFormat(encoding: .latin1))
    #expect(
      try Corpus.read(reader).examples
        == Corpus.read(CorpusReader(bytes: bytes, name: "x")).examples)
    #expect(message(reading: latin1).contains("--encoding latin1"))
  }
}

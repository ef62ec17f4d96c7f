import Augment
import Corpora
import Files
import Labels
import TestSupport
import Testing

@Suite struct AugmenterTests {
  private func augmenter(
    _ corpus: Corpus, seed: UInt64 = 1, _ change: (inout AugmentationSettings) -> Void = { _ in }
  ) throws -> Augmenter {
    var settings = AugmentationSettings()
    change(&settings)
    return try Augmenter(settings: settings, corpus: corpus, seed: seed)
  }

  /// Enough words for several waves of blocks.
  @Test(arguments: [AugmentationFormat.conll, .jsonl])
  func sameBytesAtAnyNumberOfThreads(_ format: AugmentationFormat) throws {
    let augmenter = try augmenter(BundledCorpus.gazette.train.read()) { $0.rounds = 150 }
    let one = try output(of: augmenter, format: format, threads: 1)
    #expect(try output(of: augmenter, format: format, threads: 2) == one)
    #expect(try output(of: augmenter, format: format, threads: 3) == one)
  }

  /// Several waves and parts of rows, everything in temporary files: the bytes and figures of the run in memory.
  @Test func aCorpusOnDiskGivesTheSameBytes() throws {
    var settings = AugmentationSettings()
    settings.rounds = 400
    settings.withOriginal = true
    let corpus = try BundledCorpus.gazette.train.read()
    let inMemory = try Augmenter(settings: settings, corpus: corpus, seed: 3)
    var onDisk = try Augmenter(
      settings: settings, corpus: InternedCorpus(corpus, tokensInMemory: 1000), seed: 3)
    onDisk.rowsInMemory = 1000
    #expect(try output(of: onDisk, threads: 2) == output(of: inMemory, threads: 2))
    let figures = try [onDisk, inMemory].map { augmenter in
      var rows = 0
      let summary = try augmenter.run(threads: 2) { _ in rows += 1 }
      #expect(rows == summary.written)
      return summary
    }
    #expect(figures[0] == figures[1])
    #expect(figures[0].duplicates > 10_000)
  }

  @Test func anotherSeedGivesOtherBytes() throws {
    let corpus = try BundledCorpus.gazette.dev.read()
    let one = try output(of: augmenter(corpus, seed: 1))
    #expect(try output(of: augmenter(corpus, seed: 2)) != one)
  }

  /// The twin: all variants in order, a set of word lists for the rows seen, no hashing.
  @Test(arguments: [false, true])
  func dropsAndCountsAsThePlainTwin(_ withOriginal: Bool) throws {
    let corpus = try BundledCorpus.gazette.train.read()
    let augmenter = try augmenter(corpus) { $0.withOriginal = withOriginal }
    var expected: [Example] = []
    var summary = AugmentationSummary()
    var seen = Set(corpus.examples.map(\.words))
    for (index, sentence) in corpus.examples.enumerated() {
      var variants = augmenter.variants(of: index)
      if withOriginal {
        #expect(variants.removeFirst().words == sentence.words)
        expected.append(
          Example(
            words: sentence.words, tags: sentence.tags, partsOfSpeech: sentence.partsOfSpeech))
        summary.originals += 1
      }
      for variant in variants {
        if variant.words.allSatisfy({ $0 == "[MASK]" }) {
          summary.allMasked += 1
        } else if seen.insert(variant.words).inserted {
          expected.append(variant)
        } else {
          summary.duplicates += 1
        }
      }
    }
    var rows: [Example] = []
    let got = try augmenter.run(threads: 2) { rows.append($0) }
    #expect(rows == expected)
    #expect(got.written == expected.count)
    #expect(got.originals == summary.originals)
    #expect(got.duplicates == summary.duplicates && got.duplicates > 1000)
    #expect(got.allMasked == summary.allMasked && got.allMasked > 50)
    #expect(got.rounds == got.written - got.originals + got.duplicates + got.allMasked)
    #expect(got.sentences == 816 && got.rounds == 16_320 && got.words == 326_060)
    #expect(
      ChiSquare(observed: [got.cut, got.rounds - got.cut], probabilities: [0.25, 0.75]).fits)
    let kept = got.words - got.masked - got.replaced
    #expect(
      ChiSquare(observed: [got.masked, got.replaced, kept], probabilities: [0.1, 0.1, 0.8]).fits)
  }

  /// What is written as a column file reads back as the rows that the library hands on.
  @Test func writesWhatItHandsOn() throws {
    let augmenter = try augmenter(BundledCorpus.gazette.dev.read()) { $0.rounds = 3 }
    var rows: [Example] = []
    _ = try augmenter.run(threads: 1) { rows.append($0) }
    let text = try output(of: augmenter)
    let reader = CorpusReader(bytes: Array(text.utf8), name: "x")
    var read = try Corpus.read(reader).examples
    for index in read.indices { read[index].line = 0 }
    #expect(read == rows)
    #expect(reader.evidence.irregular == 0)
  }

  @Test func writesNoColumnThatIsNotThere() throws {
    let words = Corpus(name: "x", examples: [Example(words: ["New York", "\"\\\u{1}"])])
    let masks = try augmenter(words) {
      $0.operations = [.mask]
      $0.maskProbability = 0
      $0.rounds = 1
      $0.withOriginal = true
    }
    // A reader would take the space for one between two columns, so that a line names the only one.
    #expect(try output(of: masks) == "# global.columns = FORM\nNew York\n\"\\\u{1}\n\n")
    #expect(
      try output(of: masks, format: .jsonl)
        == #"{"tokens":["New York","\"\\\u0001"]}"# + "\n")
    let tagged = Corpus(
      name: "x", examples: [Example(words: ["New York", "is"], tags: ["B-LOC", "O"])])
    let copies = try augmenter(tagged) {
      $0.operations = []
      $0.withOriginal = true
    }
    #expect(try output(of: copies) == "New York\tB-LOC\nis O\n\n")
    #expect(
      try output(of: copies, format: .jsonl)
        == #"{"tokens":["New York","is"],"tags":["B-LOC","O"]}"# + "\n")
  }

  @Test func canonicallyEquivalentWordsKeepTheirBytes() throws {
    let corpus = Corpus(
      name: "x", examples: [Example(words: ["e\u{301}"]), Example(words: ["\u{E9}"])])
    let copies = try augmenter(corpus) {
      $0.operations = []
      $0.withOriginal = true
    }
    #expect(Array(try output(of: copies).utf8) == Array("e\u{301}\n\n\u{E9}\n\n".utf8))
  }

  @Test func aCorpusWithoutPartsOfSpeechIsAnErrorThatSaysWhatToDo() throws {
    let corpus = Corpus(name: "x.conll", examples: [Example(words: ["a"], tags: ["O"])])
    let error = #expect(throws: DataError.self) { try augmenter(corpus) }
    #expect(
      error?.description
        == "x.conll: no part-of-speech column; expected three columns (word, part of speech, tag) "
        + "for the operation pos; add the column with a part-of-speech tagger, or leave the "
        + "operation out with --operations mask,ngram")
    #expect(throws: Never.self) { try augmenter(corpus) { $0.operations = [.mask, .ngram] } }
  }

  @Test func degenerateCorporaDoNotTrap() throws {
    for sentences in [[], [Example()], [Example(), Example(words: ["a"])]] {
      let corpus = Corpus(name: "x", examples: sentences)
      let everything = try augmenter(corpus) {
        $0.operations = [.mask, .ngram]
        $0.nGramProbability = 1
      }
      var rows = 0
      let summary = try everything.run(threads: 2) { _ in rows += 1 }
      #expect(rows == 0)
      #expect(summary.rounds == sentences.count * 20)
      #expect(summary.rounds == summary.duplicates + summary.allMasked)
    }
  }

  @Test func anErrorOfTheReceiverEndsTheRun() throws {
    struct Stop: Error {}
    let augmenter = try augmenter(BundledCorpus.gazette.dev.read())
    #expect(throws: Stop.self) { try augmenter.run(threads: 2) { _ in throw Stop() } }
  }
}

@Suite struct AugmentationSettingsTests {
  private func problem(_ change: (inout AugmentationSettings) -> Void) -> String? {
    var settings = AugmentationSettings()
    change(&settings)
    return settings.problem
  }

  @Test func namesWhatIsWrong() {
    #expect(problem { _ in } == nil)
    #expect(problem { $0.rounds = -1 } == "n_iter is -1; it must be in 0 ... 1000")
    #expect(
      problem { $0.maskProbability = 1.5 } == "p_mask is 1.5; a probability must be in 0 ... 1")
    #expect(
      problem { $0.nGramProbability = .nan } == "p_ng is nan; a probability must be in 0 ... 1")
    #expect(
      problem {
        $0.maskProbability = 0.75
        $0.partOfSpeechProbability = 0.5
      }
        == "p_mask + p_pos is 1.25; one draw a word decides between both, so that the sum must be "
        + "at most 1")
    #expect(
      problem { $0.nGramLengths = 0...5 }
        == "the shortest n-gram has 0 words; it must have at least 1")
  }
}

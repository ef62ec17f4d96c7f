import Augment
import Corpora
import Files
import Labels
import TestSupport
import Testing

/// Texts and pairs of Gazette's sentences, which have parts of speech.
private func corpus(_ task: TaskKind, _ part: BundledPart = BundledCorpus.gazette.train) throws
  -> Corpus
{
  let sentences = try part.read().examples
  var examples: [Example] = []
  for (index, sentence) in sentences.enumerated() {
    let label = index % 3 == 0 ? "yes" : "no"
    var example = Example(
      words: sentence.words, partsOfSpeech: sentence.partsOfSpeech, label: label)
    if task == .pair {
      let other = sentences[(index * 7 + 1) % sentences.count]
      example.firstLength = sentence.words.count
      example.words += other.words
      example.partsOfSpeech += other.partsOfSpeech
    }
    examples.append(example)
  }
  return Corpus(name: "x", examples: examples)
}

private func augmenter(
  _ corpus: Corpus, _ change: (inout AugmentationSettings) -> Void = { _ in }
) throws -> Augmenter {
  var settings = AugmentationSettings(for: corpus.task)
  change(&settings)
  return try Augmenter(settings: settings, corpus: corpus, seed: 5)
}

private func texts(_ example: Example) -> [[String]] {
  example.texts.map { Array(example.words[$0]) }
}

@Suite struct TextAugmentationTests {
  @Test func theRoundsOfThePaper() {
    #expect(AugmentationSettings(for: .tag).rounds == 20)
    #expect(AugmentationSettings(for: .sentence).rounds == 20)
    #expect(AugmentationSettings(for: .pair).rounds == 10)
    #expect(AugmentationSettings() == AugmentationSettings(for: .sentence))
  }

  /// A text gives the same rows as the same words with tags.
  @Test func aTextIsAugmentedAsWordsAre() throws {
    let words = try BundledCorpus.gazette.dev.read()
    let of = try (augmenter(words), augmenter(corpus(.sentence, BundledCorpus.gazette.dev)))
    for index in [0, 1, 77] {
      let (tagged, labelled) = (of.0.variants(of: index), of.1.variants(of: index))
      #expect(tagged.map(\.words) == labelled.map(\.words) && tagged.count == 20)
      #expect(labelled.allSatisfy { $0.label == (index % 3 == 0 ? "yes" : "no") })
      #expect(labelled.allSatisfy { $0.tags.isEmpty && $0.firstLength == nil })
    }
  }

  /// Each round perturbs the first text, then the second, then both; what is not perturbed stays as it is.
  @Test func aRoundOfAPairIsACycle() throws {
    let corpus = try corpus(.pair)
    let augmenter = try augmenter(corpus)
    var changed = [[0, 0], [0, 0], [0, 0]]
    for (index, pair) in corpus.examples.enumerated() {
      let variants = augmenter.variants(of: index)
      #expect(variants.count == 30 && variants.allSatisfy { $0.label == pair.label })
      let original = texts(pair)
      for (place, variant) in variants.enumerated() {
        for (text, words) in texts(variant).enumerated() where words != original[text] {
          changed[place % 3][text] += 1
        }
      }
    }
    #expect(changed[0][1] == 0 && changed[1][0] == 0)
    for count in [changed[0][0], changed[1][1], changed[2][0], changed[2][1]] {
      #expect(count > corpus.examples.count * 8)
    }
  }

  /// In every perturbed text a tenth of the words are masked, the two of a pair independently.
  @Test func masksEachPerturbedTextAtTheRate() throws {
    let corpus = try corpus(.pair)
    let augmenter = try augmenter(corpus) { $0.operations = [.mask] }
    for (place, perturbed) in [(0, [0]), (1, [1]), (2, [0, 1])] {
      for text in perturbed {
        var counts = [0, 0]
        for index in corpus.examples.indices {
          for (number, variant) in augmenter.variants(of: index).enumerated()
          where number % 3 == place {
            for word in texts(variant)[text] { counts[word == "[MASK]" ? 0 : 1] += 1 }
          }
        }
        #expect(
          ChiSquare(observed: counts, probabilities: [0.1, 0.9]).fits, "\(place) \(text)")
      }
    }
    let both = try TextAugmentationTests.bothFirstWords(of: augmenter, count: corpus.examples.count)
    #expect(ChiSquare(observed: both, probabilities: [0.81, 0.09, 0.09, 0.01]).fits)
  }

  /// Whether the first words of both texts were masked, where both texts were perturbed.
  private static func bothFirstWords(of augmenter: Augmenter, count: Int) throws -> [Int] {
    var counts = [0, 0, 0, 0]
    for index in 0..<count {
      for (number, variant) in augmenter.variants(of: index).enumerated() where number % 3 == 2 {
        let masked = texts(variant).map { $0[0] == "[MASK]" ? 1 : 0 }
        counts[masked[0] * 2 + masked[1]] += 1
      }
    }
    return counts
  }

  /// Replacements follow the frequencies within the part of speech over both texts of the whole corpus.
  @Test func replacesByTheFrequenciesOfTheWholeCorpus() throws {
    let corpus = try corpus(.pair)
    var frequency: [String: [String: Int]] = [:]
    for pair in corpus.examples {
      for (word, part) in zip(pair.words, pair.partsOfSpeech) {
        frequency[part, default: [:]][word, default: 0] += 1
      }
    }
    let augmenter = try augmenter(corpus) {
      $0.operations = [.pos]
      $0.partOfSpeechProbability = 1
    }
    var drawn: [String: [String: Int]] = [:]
    for (index, pair) in corpus.examples.enumerated() {
      for (number, variant) in augmenter.variants(of: index).enumerated() where number % 3 == 2 {
        #expect(variant.partsOfSpeech == pair.partsOfSpeech)
        for (word, part) in zip(variant.words, variant.partsOfSpeech) {
          drawn[part, default: [:]][word, default: 0] += 1
        }
      }
    }
    for part in ["NN", "NNP", "VBD", "DT", "IN"] {
      let counts = try #require(frequency[part])
      let words = counts.keys.sorted()
      let total = Double(counts.values.reduce(0, +))
      let observed = words.map { drawn[part]?[$0] ?? 0 }
      let probabilities = words.map { Double(counts[$0] ?? 0) / total }
      #expect(ChiSquare(observed: observed, probabilities: probabilities).fits, "\(part)")
    }
  }

  /// Each perturbed text is cut on its own, to one to five words, each as often.
  @Test func cutsEachPerturbedTextOnItsOwn() throws {
    let corpus = try corpus(.pair)
    let long = Corpus(
      name: "x", examples: corpus.examples.filter { $0.texts.allSatisfy { $0.count > 5 } })
    let augmenter = try augmenter(long) { $0.operations = [.ngram] }
    var cut = [0, 0, 0, 0]
    var lengths = [Int](repeating: 0, count: 5)
    for index in long.examples.indices {
      let original = texts(long.examples[index])
      for (number, variant) in augmenter.variants(of: index).enumerated() where number % 3 == 2 {
        let found = texts(variant)
        for (text, words) in found.enumerated() where words != original[text] {
          lengths[words.count - 1] += 1
          #expect(original[text].indices.contains { original[text][$0...].starts(with: words) })
        }
        cut[(found[0] == original[0] ? 0 : 2) + (found[1] == original[1] ? 0 : 1)] += 1
      }
    }
    #expect(
      ChiSquare(observed: cut, probabilities: [0.5625, 0.1875, 0.1875, 0.0625]).fits)
    #expect(ChiSquare(observed: lengths, probabilities: [Double](repeating: 0.2, count: 5)).fits)
  }

  /// The twin: all variants in order, and a set of both texts for the rows seen.
  @Test(arguments: [TaskKind.sentence, .pair])
  func dropsAndCountsAsThePlainTwin(_ task: TaskKind) throws {
    let corpus = try corpus(task)
    let augmenter = try augmenter(corpus) { $0.withOriginal = true }
    var expected: [Example] = []
    var (duplicates, allMasked) = (0, 0)
    var seen = Set(corpus.examples.map(texts))
    for index in corpus.examples.indices {
      var variants = augmenter.variants(of: index)
      expected.append(variants.removeFirst())
      #expect(expected.last == corpus.examples[index])
      for variant in variants {
        if texts(variant).contains(where: { $0.allSatisfy { $0 == "[MASK]" } }) {
          allMasked += 1
        } else if seen.insert(texts(variant)).inserted {
          expected.append(variant)
        } else {
          duplicates += 1
        }
      }
    }
    var rows: [Example] = []
    let got = try augmenter.run(threads: 2) { rows.append($0) }
    #expect(rows == expected)
    #expect(got.duplicates == duplicates && got.allMasked == allMasked && allMasked > 100)
    #expect(got.written == rows.count && got.originals == corpus.examples.count)
    #expect(got.rounds == got.written - got.originals + got.duplicates + got.allMasked)
    #expect(got.rounds == corpus.examples.count * (task == .pair ? 30 : 20))
    // A cycle draws for each text twice.
    #expect(got.words == corpus.counts.words * 20)
    let perturbed = corpus.examples.count * (task == .pair ? 40 : 20)
    #expect(
      ChiSquare(observed: [got.cut, perturbed - got.cut], probabilities: [0.25, 0.75]).fits)
  }

  /// Pairs of the same words with another border, or in another order, are different.
  @Test func theBorderAndTheOrderOfTextsMatter() throws {
    let pairs = [
      (["a", "b"], ["c"]), (["a"], ["b", "c"]), (["c"], ["a", "b"]), (["a"], ["b", "c"]),
    ]
    let examples = pairs.map {
      Example(words: $0.0 + $0.1, firstLength: $0.0.count, label: "x")
    }
    let copies = try augmenter(Corpus(name: "x", examples: Array(examples.prefix(1)))) {
      $0.operations = [.ngram]
      $0.nGramProbability = 1
      $0.nGramLengths = 1...1
    }
    var rows: [[[String]]] = []
    let summary = try copies.run(threads: 1) { rows.append(texts($0)) }
    #expect(Set(rows) == [[["a"], ["c"]], [["b"], ["c"]]] && rows.count == 2)
    #expect(summary.duplicates == 28)
    let hashes = try augmenter(Corpus(name: "x", examples: examples)) {
      $0.operations = []
      $0.withOriginal = true
    }
    #expect(try hashes.run(threads: 1) { _ in }.written == 4)
  }

  /// Several waves and parts of rows, at any number of threads, in memory and in temporary files.
  @Test(arguments: [AugmentationFormat.tsv, .jsonl])
  func sameBytesAtAnyNumberOfThreads(_ format: AugmentationFormat) throws {
    for task in [TaskKind.sentence, .pair] {
      let corpus = try corpus(task)
      let inMemory = try augmenter(corpus) { $0.rounds = 60 }
      let bytes = try output(of: inMemory, format: format, threads: 1)
      #expect(try output(of: inMemory, format: format, threads: 3) == bytes)
      var onDisk = try Augmenter(
        settings: inMemory.settings, corpus: InternedCorpus(corpus, tokensInMemory: 1000), seed: 5)
      onDisk.rowsInMemory = 1000
      #expect(try output(of: onDisk, format: format, threads: 2) == bytes)
    }
  }

  @Test func theBundledCorporaAreAugmented() throws {
    for bundled in [BundledCorpus.verdict, .echo] {
      let corpus = try bundled.train.read()
      let masks = try augmenter(corpus) { $0.operations = [.mask, .ngram] }
      let text = try output(of: masks, threads: 2)
      let read = try Corpus.read(CorpusReader(bytes: Array(text.utf8), name: "x.tsv"))
      #expect(read.task == bundled.task && read.examples.count > corpus.examples.count * 5)
      #expect(LabelSet(learnedFrom: read.examples) == LabelSet(learnedFrom: corpus.examples))
      let error = #expect(throws: DataError.self) { try augmenter(corpus) }
      #expect(error?.found == "no part-of-speech column")
    }
  }
}

@Suite struct TextRowsTests {
  @Test func writesWhatTheHeaderSays() throws {
    func rows(_ example: Example, _ format: AugmentationFormat?) throws -> String {
      let copies = try augmenter(Corpus(name: "x", task: example.task, examples: [example])) {
        $0.operations = []
        $0.withOriginal = true
      }
      return try output(of: copies, format: format)
    }
    let text = Example(words: ["New York", "\"\\", "[MASK]"], label: "very good")
    #expect(
      try rows(text, nil) == "label\tsentence_words\nvery good\tNew\\sYork \"\\\\ [MASK]\n")
    #expect(
      try rows(text, .jsonl)
        == #"{"tokens":["New York","\"\\","[MASK]"],"label":"very good"}"# + "\n")
    let pair = Example(words: ["a", "b", "c"], partsOfSpeech: ["X", "Y", "Z"], firstLength: 1)
    #expect(try rows(pair, nil) == "sentence1_words\tsentence2_words\na\tb c\n")
    #expect(
      try rows(pair, .jsonl)
        == #"{"tokens1":["a"],"tokens2":["b","c"],"pos1":["X"],"pos2":["Y","Z"]}"# + "\n")
    let error = #expect(throws: DataError.self) { try rows(text, .conll) }
    #expect(
      error?.description
        == "x: single texts; expected words with tags, for the format conll; give --format tsv or jsonl"
    )
    #expect(throws: DataError.self) { try rows(Example(words: ["a"], tags: ["O"]), .tsv) }
  }

  /// SplitMix64, so that a failure can be repeated.
  private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
      return z ^ z >> 31
    }
  }

  private static let pieces = [
    "\0", "\u{1}", "\u{7F}", "\u{FEFF}", "{", "\"", "\"\"", "\\", "\\s", "\\\\", "\\t", "#", "O",
    "B-X", "1", "0.5", ",", ";", "=", "|", "-DOCSTART-", "[MASK]", "__label__", "sentence", "label",
    "sentence_words", "a", "don't", "U.S.", "é", "e\u{301}", "\u{A0}", "\u{85}", "\u{2028}",
    "\u{B}",
    "東", "😀", " ", "  ",
  ]

  /// Text that a reader admits as a word: not empty, without tabs, line ends, and space at its ends.
  private func word(_ generator: inout Generator) -> String {
    while true {
      let text = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
        Self.pieces.randomElement(using: &generator) ?? "a"
      }.joined()
      if text.utf8.first != 0x20, text.utf8.last != 0x20 { return text }
    }
  }

  /// read(write(x)) = x, whatever the words and labels are.
  @Test(arguments: [TaskKind.sentence, .pair], [AugmentationFormat.tsv, .jsonl])
  func readsBackWhatItWrote(_ task: TaskKind, _ format: AugmentationFormat) throws {
    var generator = Generator(state: task == .pair ? 1 : 2)
    for round in 0..<300 {
      let isLabelled = round % 4 > 0 || task == .sentence
      let hasParts = round % 3 == 0
      var examples: [Example] = []
      for _ in 0..<Int.random(in: 1...5, using: &generator) {
        var example = Example()
        for text in 0..<task.textCount {
          if text == 1 { example.firstLength = example.words.count }
          for _ in 0..<Int.random(in: 1...4, using: &generator) {
            example.words.append(word(&generator))
            if hasParts { example.partsOfSpeech.append(word(&generator)) }
          }
        }
        if isLabelled { example.label = word(&generator) }
        examples.append(example)
      }
      let copies = try augmenter(Corpus(name: "x", examples: examples)) {
        $0.operations = []
        $0.rounds = 0
        $0.withOriginal = true
      }
      let text = try output(of: copies, format: format)
      let read = try Corpus.read(CorpusReader(bytes: Array(text.utf8), name: "x.\(format)"))
      func bytes(_ examples: [Example]) -> [[[UInt8]]] {
        examples.map { ($0.words + [$0.label ?? ""]).map { Array($0.utf8) } }
      }
      #expect(read.task == task)
      #expect(bytes(read.examples) == bytes(examples), "\(text)")
      for (index, example) in read.examples.enumerated() {
        #expect(example.firstLength == examples[index].firstLength)
        #expect(
          example.partsOfSpeech == (format == .jsonl ? examples[index].partsOfSpeech : []))
      }
    }
  }
}

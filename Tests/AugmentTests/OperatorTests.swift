import Augment
import Corpora
import Runtime
import Testing

private func settings(
  mask: Double = 0, pos: Double = 0, nGram: Double = 0, lengths: ClosedRange<Int> = 1...5,
  rounds: Int = 20
) -> AugmentationSettings {
  var settings = AugmentationSettings()
  settings.maskProbability = mask
  settings.partOfSpeechProbability = pos
  settings.nGramProbability = nGram
  settings.nGramLengths = lengths
  settings.rounds = rounds
  return settings
}

@Suite struct MaskingTests {
  /// At p_mask = 0.1 and no other operation, every word is itself or [MASK], and a tenth are masked.
  @Test func masksAtTheRateAndNothingElse() throws {
    let corpus = try BundledCorpus.gazette.train.read()
    let augmenter = try Augmenter(settings: settings(mask: 0.1), corpus: corpus, seed: 1)
    var counts = [0, 0]
    for (index, sentence) in corpus.examples.enumerated() {
      for variant in augmenter.variants(of: index) {
        #expect(variant.tags == sentence.tags && variant.partsOfSpeech == sentence.partsOfSpeech)
        for (word, original) in zip(variant.words, sentence.words) {
          #expect(word == original || word == "[MASK]")
          counts[word == "[MASK]" ? 0 : 1] += 1
        }
      }
    }
    #expect(ChiSquare(observed: counts, probabilities: [0.1, 0.9]).fits)
    #expect(!ChiSquare(observed: counts, probabilities: [0.105, 0.895]).fits)
  }

  /// Each place of a sentence is masked equally often, and neighbours independently of each other.
  @Test func masksEveryPlaceIndependently() throws {
    let corpus = Corpus(name: "x", examples: [Example(words: ["a", "b", "c"])])
    let augmenter = try Augmenter(
      settings: settings(mask: 0.5, rounds: 1000), corpus: corpus, seed: 2)
    var counts = [Int](repeating: 0, count: 8)
    for variant in augmenter.variants(of: 0) {
      counts[variant.words.reduce(0) { $0 * 2 + ($1 == "[MASK]" ? 1 : 0) }] += 1
    }
    #expect(
      ChiSquare(observed: counts, probabilities: [Double](repeating: 0.125, count: 8)).fits)
  }
}

@Suite struct PartOfSpeechReplacementTests {
  /// With p_pos = 1 every word is drawn anew; within each tag by its frequency in the whole corpus, and not by type.
  @Test func drawsByFrequencyWithinTheTag() throws {
    let corpus = try BundledCorpus.gazette.train.read()
    var frequency: [String: [String: Int]] = [:]
    for sentence in corpus.examples {
      for (word, tag) in zip(sentence.words, sentence.partsOfSpeech) {
        frequency[tag, default: [:]][word, default: 0] += 1
      }
    }
    let augmenter = try Augmenter(settings: settings(pos: 1), corpus: corpus, seed: 3)
    var drawn: [String: [String: Int]] = [:]
    for (index, sentence) in corpus.examples.enumerated() {
      for variant in augmenter.variants(of: index) {
        #expect(variant.partsOfSpeech == sentence.partsOfSpeech && variant.tags == sentence.tags)
        for (word, tag) in zip(variant.words, variant.partsOfSpeech) {
          #expect(frequency[tag]?[word] != nil)
          drawn[tag, default: [:]][word, default: 0] += 1
        }
      }
    }
    for tag in ["NN", "NNP", "VBD", "DT", "IN", "JJ", "CD", "NNS"] {
      let counts = try #require(frequency[tag])
      let words = counts.keys.sorted()
      let observed = words.map { drawn[tag]?[$0] ?? 0 }
      let total = Double(counts.values.reduce(0, +))
      let byFrequency = words.map { Double(counts[$0] ?? 0) / total }
      let byType = words.map { _ in 1 / Double(words.count) }
      #expect(ChiSquare(observed: observed, probabilities: byFrequency).fits, "\(tag)")
      #expect(!ChiSquare(observed: observed, probabilities: byType).fits, "\(tag)")
    }
  }

  /// One draw a word decides: masked 0.3, replaced 0.5, kept 0.2 of the words.
  @Test func sharesItsDrawWithMasking() throws {
    let words = (0..<10).map { "w\($0)" }
    // Words of the second sentence have the tag of the first, so that a replacement shows.
    let parts = [String](repeating: "NN", count: 10)
    let corpus = Corpus(
      name: "x",
      examples: [
        Example(words: words, partsOfSpeech: parts),
        Example(
          words: [String](repeating: "y", count: 90),
          partsOfSpeech: Array(repeating: "NN", count: 90)),
        Example(words: ["z"], partsOfSpeech: ["VB"]),
      ])
    let augmenter = try Augmenter(
      settings: settings(mask: 0.3, pos: 0.5, rounds: 1000), corpus: corpus, seed: 4)
    var counts = [0, 0, 0]
    for variant in augmenter.variants(of: 0) {
      for (word, original) in zip(variant.words, words) {
        counts[word == "[MASK]" ? 0 : word == original ? 2 : 1] += 1
      }
    }
    // A replacement is the word itself once in 100 draws.
    #expect(ChiSquare(observed: counts, probabilities: [0.3, 0.495, 0.205]).fits)
  }
}

@Suite struct NGramSamplingTests {
  @Test(arguments: [1, 2, 3, 5, 6, 12])
  func lengthsAndStartsAreUniform(_ length: Int) {
    let sampling = NGramSampling(probability: 1, lengths: 1...5)
    var random = RandomStream(seed: 5, purpose: .testing, index: UInt64(length))
    var counts: [Range<Int>: Int] = [:]
    for _ in 0..<60_000 {
      guard let window = sampling.window(ofLength: length, using: &random) else { continue }
      counts[window, default: 0] += 1
    }
    // Every place that the rule allows, with 1/5 for each n and 1/(length - n + 1) for each start.
    var probabilities: [Range<Int>: Double] = [:]
    for n in 1...5 {
      let clipped = min(n, length)
      for start in 0...(length - clipped) {
        let share = 0.2 / Double(length - clipped + 1)
        probabilities[start..<(start + clipped), default: 0] += share
      }
    }
    let windows = probabilities.keys.sorted {
      ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
    }
    #expect(windows.map { counts[$0] ?? 0 }.reduce(0, +) == 60_000)
    guard windows.count > 1 else { return }
    let test = ChiSquare(
      observed: windows.map { counts[$0] ?? 0 },
      probabilities: windows.map { probabilities[$0] ?? 0 })
    #expect(test.fits, "\(test.statistic) of \(test.limit)")
  }

  @Test func cutsAtTheRate() {
    let sampling = NGramSampling(probability: 0.25, lengths: 1...5)
    var random = RandomStream(seed: 6, purpose: .testing)
    var cut = 0
    for _ in 0..<40_000 where sampling.window(ofLength: 9, using: &random) != nil { cut += 1 }
    #expect(ChiSquare(observed: [cut, 40_000 - cut], probabilities: [0.25, 0.75]).fits)
  }

  /// Words, tags and parts of speech stay side by side, and an entity that lost its start gets a new one.
  @Test func cutsAllColumnsAlike() throws {
    let corpus = Corpus(
      name: "x",
      examples: [
        Example(
          words: ["a", "b", "c", "d"], tags: ["B-X", "I-X", "I-X", "O"],
          partsOfSpeech: ["A", "B", "C", "D"])
      ])
    let augmenter = try Augmenter(
      settings: settings(nGram: 1, lengths: 2...2, rounds: 50), corpus: corpus, seed: 7)
    let allowed = [
      Example(words: ["a", "b"], tags: ["B-X", "I-X"], partsOfSpeech: ["A", "B"]),
      Example(words: ["b", "c"], tags: ["B-X", "I-X"], partsOfSpeech: ["B", "C"]),
      Example(words: ["c", "d"], tags: ["B-X", "O"], partsOfSpeech: ["C", "D"]),
    ]
    let variants = augmenter.variants(of: 0)
    #expect(variants.allSatisfy(allowed.contains))
    #expect(allowed.allSatisfy(variants.contains))
  }

  @Test func hugeLengthsAreClipped() {
    let sampling = NGramSampling(probability: 1, lengths: 1...Int.max)
    var random = RandomStream(seed: 8, purpose: .testing)
    #expect(sampling.window(ofLength: 3, using: &random) == 0..<3)
  }
}

import Augment
import Corpora
import Labels
import PartsOfSpeech
import Testing

@Suite struct BundledPartOfSpeechTaggerTests {
  private let tagger = BundledPartOfSpeechTagger(threads: 1)

  @Test func wordsGetTheTagsOfThePennTreebank() throws {
    let sentences = [["The", "dog", "barked", "loudly", "."], [], ["They", "will", "run"]]
    let tags = try tagger.tags(for: sentences)
    #expect(tags[0] == ["DT", "NN", "VBD", "RB", "."])
    #expect(tags[1] == [])
    #expect(tags[2] == ["PRP", "MD", "VB"])
  }

  /// Test sentences of the corpus that it has learnt from, which it has not seen.
  @Test func itIsRightAboutGazette() throws {
    let sentences = try BundledCorpus.gazette.test.read().examples
    let tags = try tagger.tags(for: sentences.map(\.words)).flatMap(\.self)
    let gold = sentences.flatMap(\.partsOfSpeech)
    #expect(tags.count == gold.count)
    let right = zip(tags, gold).count { $0 == $1 }
    #expect(Double(right) / Double(gold.count) > 0.92)
  }

  @Test func threadsDoNotChangeTheTags() throws {
    let sentences = try BundledCorpus.gazette.train.read().examples.map(\.words)
    let three = BundledPartOfSpeechTagger(threads: 3)
    #expect(try three.tags(for: sentences) == tagger.tags(for: sentences))
    #expect(three.key == tagger.key && tagger.key.count == 64)
  }

  /// Each text of a pair is a sequence of its own; what has parts of speech keeps them.
  @Test func examplesThatHaveNoneAreFilled() throws {
    let (first, second) = (["The", "dog", "barked"], ["It", "was", "loud", "."])
    var examples = [
      Example(words: first + second, firstLength: first.count, label: "x"),
      Example(words: first, partsOfSpeech: ["X", "Y", "Z"]),
      Example(words: second, label: "x"),
    ]
    try tagger.fill(&examples)
    let tags = try tagger.tags(for: [first, second])
    #expect(examples[0].partsOfSpeech == tags[0] + tags[1])
    #expect(examples[1].partsOfSpeech == ["X", "Y", "Z"])
    #expect(examples[2].partsOfSpeech == tags[1])
  }
}

/// Word swaps in corpora without parts of speech.
@Suite struct TaggedAugmentationTests {
  private let tagger = BundledPartOfSpeechTagger()

  private func swaps(_ task: TaskKind) -> AugmentationSettings {
    var settings = AugmentationSettings(for: task)
    settings.operations = [.pos]
    settings.partOfSpeechProbability = 0.5
    settings.rounds = 2
    return settings
  }

  /// A word becomes one to which the tagger gives the same part of speech somewhere in the corpus; the tags of the tagger are
  /// not written.
  @Test(arguments: [BundledCorpus.verdict, .echo]) func wordsAreSwapped(_ bundled: BundledCorpus)
    throws
  {
    let corpus = try bundled.dev.read()
    let settings = swaps(corpus.task)
    #expect(throws: (any Error).self) {
      try Augmenter(settings: settings, corpus: corpus, seed: 1)
    }
    let augmenter = try Augmenter(settings: settings, corpus: corpus, tagger: tagger, seed: 1)
    var tagged = corpus.examples
    try tagger.fill(&tagged)
    var known: [String: Set<String>] = [:]
    for example in tagged {
      for (word, part) in zip(example.words, example.partsOfSpeech) {
        known[part, default: []].insert(word)
      }
    }
    var swapped = 0
    for (index, example) in tagged.enumerated() {
      for variant in augmenter.variants(of: index) {
        #expect(variant.partsOfSpeech.isEmpty && variant.label == example.label)
        for (place, word) in variant.words.enumerated() {
          #expect(known[example.partsOfSpeech[place]]?.contains(word) == true)
          swapped += word == example.words[place] ? 0 : 1
        }
      }
    }
    #expect(swapped > tagged.count)
  }

  /// The same parts of speech, from a column or from the tagger, give the same rows; a stream gives those of a corpus in memory.
  @Test func aColumnWithTheTaggersAnswersGivesTheSameRows() throws {
    let corpus = try BundledCorpus.verdict.dev.read()
    var tagged = corpus.examples
    try tagger.fill(&tagged)
    func words(_ corpus: InternedCorpus) throws -> [[String]] {
      let augmenter = try Augmenter(settings: swaps(.sentence), corpus: corpus, seed: 9)
      return (0..<corpus.count).flatMap { augmenter.variants(of: $0).map(\.words) }
    }
    let expected = try words(InternedCorpus(Corpus(name: "x", examples: tagged)))
    #expect(try words(InternedCorpus(corpus, tagger: tagger)) == expected)
    #expect(
      try words(InternedCorpus(BundledCorpus.verdict.dev.reader(), tagger: tagger)) == expected)
  }

  /// A corpus that has parts of speech keeps its rows and its column.
  @Test func givenPartsOfSpeechStay() throws {
    let corpus = try BundledCorpus.gazette.dev.read()
    let plain = try Augmenter(settings: swaps(.tag), corpus: corpus, seed: 2)
    let offered = try Augmenter(settings: swaps(.tag), corpus: corpus, tagger: tagger, seed: 2)
    for index in 0..<corpus.examples.count {
      #expect(plain.variants(of: index) == offered.variants(of: index))
    }
    #expect(!offered.corpus.hasTaggedPartsOfSpeech && offered.corpus.hasPartsOfSpeech)
  }
}

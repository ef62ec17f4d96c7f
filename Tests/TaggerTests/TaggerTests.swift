import Files
import Kernels
import Labels
import Layers
import ModelFiles
import Networks
import Runtime
import StudentFormat
import Tagger
import TestSupport
import Testing
import Tokenization

/// The tagger against the network that was trained: the same logits from the same directory.
@Suite struct TaggerTests {
  static let words = [
    "EU", "rejects", "German", "call", "to", "boycott", "British", "lamb", ".", "[MASK]", "1996",
    "", "naïve", "iPhone", "Ünïcödé", "😀", "a-very-long-word-with-many-pieces-and-characters-in-it",
  ]

  /// What a student is built of.
  struct Design: Sendable, CustomTestStringConvertible {
    var layers = 1
    var hasCRF = false
    var hasVectors = false
    var hidden = StudentConfiguration.defaultHidden
    var testDescription: String {
      "layers \(layers) of \(hidden), CRF \(hasCRF), vectors \(hasVectors)"
    }
  }

  static let designs =
    [1, 2].flatMap { layers in
      [false, true].flatMap { hasCRF in
        [false, true].map { Design(layers: layers, hasCRF: hasCRF, hasVectors: $0) }
      }
    } + [1, 45].map { Design(layers: 2, hasCRF: true, hidden: $0) }

  /// Vectors of 5 numbers; "german" and "call" are the training corpus', "british" is not.
  static func vectors(in folder: String) throws -> WordVectorTable {
    try AtomicFileWriter.write(
      "british .1 -.2 .3 .4 .5\ngerman .9 .8 -.7 .6 0\nto 1 1 1 1 1\ncall -1 -.5 .25 0 1\n",
      to: "\(folder)/vectors.txt")
    return try WordVectorFile.read(path: "\(folder)/vectors.txt", corpus: ["German", "call", "a"])
  }

  /// A student with parameters drawn anew, wide enough that every kernel has full and partial blocks.
  static func saved(_ design: Design = Design()) throws -> (folder: String, model: StudentModel) {
    let folder = temporaryPath("tagger")
    try Folders.create(folder)
    let path = "\(folder)/teacher.txt"
    let pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ".", "-", "eu", "re", "##ject"]
    let letters = (0x61...0x7A).compactMap { Unicode.Scalar($0) }.map { String(Character($0)) }
    try Vocabulary(pieces: pieces + letters + letters.map { "##\($0)" }).write(to: path)
    let options = TokenizerOptions()
    let vectors = design.hasVectors ? try vectors(in: folder) : nil
    let model = try StudentModel(
      labels: ["O", "B-LOC", "I-LOC", "B-ORG", "I-ORG"],
      vocabulary: StudentVocabulary(
        learnedFrom: words + ["Eu", "r.", "German1"],
        tokenizer: try WordPieceTokenizer(MappedFile(path: path), options: options),
        list: vectors?.words),
      tokenizerOptions: options, vocabularyPath: path, pieceTable: nil, wordVectors: vectors,
      hidden: design.hidden, layers: design.layers, hasCRF: design.hasCRF, seed: 3)
    // Weights larger than at the start of training, so that differences would show.
    for n in 0..<model.parameters.count { model.parameters.base[n] *= 2 }
    if let crf = model.network.crf {
      var stream = RandomStream(seed: 5, purpose: .testing)
      for n in crf.tensors.start.offset..<crf.tensors.transitions.range.upperBound {
        model.parameters.base[n] = 0.3 * Float(stream.normal())
      }
    }
    try model.save(to: folder)
    return (folder, model)
  }

  /// Sentences of random words and of lengths 0 to 40.
  static func sentences(_ count: Int) -> [[String]] {
    var stream = RandomStream(seed: 4, purpose: .testing)
    return (0..<count).map { _ in
      (0..<stream.integer(below: 41)).map { _ in words[stream.integer(below: words.count)] }
    }
  }

  @Test(arguments: designs) func logitsAndTagsEqualTheNetworks(_ design: Design) throws {
    let (folder, model) = try Self.saved(design)
    let tagger = try Tagger(path: folder)
    let chain = model.network.crf?.chain(model.parameters.base)
    let workspace = Workspace()
    defer { withExtendedLifetime(workspace) {} }
    for sentence in Self.sentences(15) {
      workspace.reset()
      let expected = model.network.logits(
        model.inputs(for: [sentence]), parameters: model.parameters.base, workspace: workspace)
      let logits = tagger.logits(words: sentence)
      #expect(logits.count == sentence.count)
      for (r, row) in logits.enumerated() {
        for (c, logit) in row.enumerated() { #expect(abs(logit - expected[r, c]) < 1e-5) }
      }
      if let chain {
        let labels = chain.bestLabels(expected.base, words: sentence.count)
        #expect(tagger.tag(words: sentence) == labels.map { tagger.labels[$0] })
      }
    }
  }

  @Test(arguments: designs) func aStudentIsReadAsItWasWritten(_ design: Design) throws {
    let (folder, model) = try Self.saved(design)
    let again = try StudentModel(path: folder)
    #expect(again.network.configuration == model.network.configuration)
    #expect(again.parameters.values == model.parameters.values)
    #expect(again.network.frozenVectors?.values == model.network.frozenVectors?.values)
    #expect(again.vocabulary.words?.words == model.vocabulary.words?.words)
  }

  @Test(arguments: [designs[0], designs[7]])
  func manySentencesAreTaggedAsEachAlone(_ design: Design) throws {
    let tagger = try Tagger(path: Self.saved(design).folder)
    let sentences = Self.sentences(61)
    let together = tagger.tag(sentences: sentences)
    #expect(together == sentences.map { tagger.tag(words: $0) })
    #expect(Set(together.joined()).count > 2)
  }

  @Test func tagsAreIOB2AndEntitiesFollowThem() throws {
    let tagger = try Tagger(path: Self.saved().folder)
    for sentence in Self.sentences(20) {
      let tags = tagger.tag(words: sentence)
      for (index, tag) in tags.enumerated() where tag.hasPrefix("I-") {
        #expect(index > 0 && tags[index - 1].dropFirst(2) == tag.dropFirst(2))
      }
      let entities = tagger.entities(words: sentence)
      #expect(entities.count == tags.count { $0.hasPrefix("B-") })
      for entity in entities {
        #expect(tags[entity.words.lowerBound] == "B-\(entity.type)")
        #expect(entity.text == sentence[entity.words].joined(separator: " "))
      }
    }
  }

  @Test func noWordsGiveNoTags() throws {
    let tagger = try Tagger(path: Self.saved().folder)
    #expect(tagger.tag(words: []) == [])
    #expect(tagger.tag(sentences: []) == [])
    #expect(tagger.tag(sentences: [[], ["EU"], []]).map(\.count) == [0, 1, 0])
  }
}

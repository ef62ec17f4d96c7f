import Corpora
import Distillation
import Evaluation
import Files
import Kernels
import Labels
import ModelFiles
import Networks
import Runtime
import StudentFormat
import Tagger
import TestSupport
import Testing
import Tokenization

@Suite struct TemperatureTests {
  static let labels = ["O", "B-LOC", "I-LOC"]

  /// A random student with large logits, and sentences whose tags are its own but for some noise.
  static func student() throws -> (folder: String, model: StudentModel, dev: Corpus) {
    let folder = temporaryPath("student")
    try Folders.create(folder)
    let pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "c", "d"]
    try AtomicFileWriter.write(pieces.map { $0 + "\n" }.joined(), to: "\(folder)/teacher.txt")
    let tokenizer = try WordPieceTokenizer(
      MappedFile(path: "\(folder)/teacher.txt"), options: TokenizerOptions())
    let model = try StudentModel(
      labels: labels, vocabulary: StudentVocabulary(learnedFrom: pieces, tokenizer: tokenizer),
      tokenizerOptions: TokenizerOptions(), vocabularyPath: "\(folder)/teacher.txt",
      pieceTable: nil, seed: 3)
    for n in 0..<model.parameters.count { model.parameters.base[n] *= 4 }
    try model.save(to: folder)
    let tagger = try Tagger(path: folder)
    let sentences = (0..<60).map { number in
      var random = RandomStream(seed: 6, purpose: .testing, index: UInt64(number))
      let words = (0..<1 + random.integer(below: 9)).map { _ in
        ["a", "b", "c", "d", "B", "C1"][random.integer(below: 6)]
      }
      let tags = tagger.tag(words: words).map { random.integer(below: 4) == 0 ? "O" : $0 }
      return Example(words: words, tags: tags)
    }
    return (folder, model, Corpus(name: "dev", examples: sentences))
  }

  @Test func noOtherTemperatureMakesTheGoldTagsMoreProbable() throws {
    let (folder, model, dev) = try Self.student()
    let fitted = model.temperature(fittedTo: dev, workers: Workers(2))
    #expect(fitted == model.temperature(fittedTo: dev, workers: Workers(1)))
    let tagger = try Tagger(path: folder)
    func loss(_ temperature: Float) -> Double {
      let chain = LinearChain(labels: Self.labels, temperature: temperature)
      return dev.examples.reduce(0) { sum, sentence in
        let labels = sentence.tags.map { Self.labels.firstIndex(of: $0) ?? 0 }
        let logits = tagger.logits(words: sentence.words).flatMap(\.self)
        let score = chain.score(of: labels, logits)
        guard score.isFinite else { return sum }
        return sum + chain.posterior(logits, words: labels.count).logPartition - score
      }
    }
    let least = loss(fitted)
    #expect((0.13...7.9).contains(fitted) && abs(fitted - 1) > 0.01)
    for factor in [0.5, 0.8, 0.99, 1.01, 1.25, 2] as [Float] {
      #expect(loss(fitted * factor) > least)
    }
  }

  @Test func sentencesWithUnknownTagsAreLeftOut() throws {
    let (_, model, dev) = try Self.student()
    let workers = Workers(1)
    let unknown = Example(words: ["a"], tags: ["B-NEW"])
    let more = Corpus(name: "dev", examples: [unknown] + dev.examples)
    #expect(
      model.temperature(fittedTo: more, workers: workers)
        == model.temperature(fittedTo: dev, workers: workers))
    let none = Corpus(name: "dev", examples: [unknown])
    #expect(model.temperature(fittedTo: none, workers: workers) == 1)
  }

  @Test func goldenSectionFindsTheMinimum() {
    for minimum in [-1.9, 0, 0.3, 1.99] {
      let found = goldenSectionMinimum(of: -2...2, tolerance: 1e-6) { abs($0 - minimum) }
      #expect(abs(found - minimum) < 1e-6)
    }
  }

  @Test func confidencesAreTheTaggersProbabilities() throws {
    let (folder, _, dev) = try Self.student()
    let tagger = try Tagger(path: folder)
    let model = try ModelDirectories.open(folder).model(for: .tag)
    let confidences = try #require(model.confidences(on: dev.examples, workers: Workers(2)))
    let entities = dev.examples.map { tagger.entities(words: $0.words) }
    #expect(confidences.count > 10 && confidences.count == entities.joined().count)
    for (confidence, entity) in zip(confidences, entities.joined()) {
      #expect(abs(confidence.confidence - entity.probability) < 1e-4)
    }
    let correct = zip(dev.examples, entities).map { sentence, entities in
      let gold = EntitySpan.spans(of: sentence.tags)
      return entities.count { entity in
        gold.contains(entity.span)
      }
    }
    #expect(confidences.count(where: \.isCorrect) == correct.reduce(0, +))
  }
}

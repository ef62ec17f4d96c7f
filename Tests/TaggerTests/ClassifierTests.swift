import Files
import Glibc
import Kernels
import Labels
import ModelFiles
import Networks
import Runtime
import StudentFormat
import TestSupport
import Testing
import Tokenization

import struct Tagger.Classification
import class Tagger.Classifier
import class Tagger.Tagger
import enum Tagger.TaggerPrecision

/// The classifier against the network that was trained: the same logits from the same directory.
@Suite struct ClassifierTests {
  /// What a student is built of.
  struct Design: Sendable, CustomTestStringConvertible {
    var task = TaskKind.sentence
    var pooling = StudentConfiguration.Pooling.last
    var layers = 1
    var hasVectors = false
    var hidden = 45
    var headHidden = 33
    var testDescription: String { "\(task) by \(pooling), layers \(layers) of \(hidden)" }
  }

  static let designs = [
    Design(), Design(pooling: .max, layers: 2, hidden: 200), Design(hidden: 1, headHidden: 1),
    Design(task: .pair, hidden: 150, headHidden: 200),
    Design(task: .pair, pooling: .max, layers: 2, hasVectors: true),
  ]

  /// A student with parameters drawn anew.
  static func saved(_ design: Design = Design()) throws -> (folder: String, model: StudentModel) {
    let folder = temporaryPath("classifier")
    try Folders.create(folder)
    let path = "\(folder)/teacher.txt"
    let pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", ".", "-", "eu", "re", "##ject"]
    let letters = (0x61...0x7A).compactMap { Unicode.Scalar($0) }.map { String(Character($0)) }
    try Vocabulary(pieces: pieces + letters + letters.map { "##\($0)" }).write(to: path)
    let options = TokenizerOptions()
    let vectors = design.hasVectors ? try TaggerTests.vectors(in: folder) : nil
    let model = try StudentModel(
      task: design.task, labels: ["neutral", "entails", "contradicts"],
      vocabulary: StudentVocabulary(
        learnedFrom: TaggerTests.words + ["Eu", "r.", "German1"],
        tokenizer: try WordPieceTokenizer(MappedFile(path: path), options: options),
        list: vectors?.words),
      tokenizerOptions: options, vocabularyPath: path, pieceTable: nil, wordVectors: vectors,
      hidden: design.hidden, layers: design.layers, headHidden: design.headHidden,
      pooling: design.pooling, seed: 3)
    // Weights larger than at the start of training, so that differences would show.
    for n in 0..<model.parameters.count { model.parameters.base[n] *= 2 }
    try model.save(to: folder)
    return (folder, model)
  }

  /// Texts of lengths 0 to 40, some of them longer than a tagger's window, in pairs where the task asks for it.
  static func texts(_ task: TaskKind, long: [Int] = []) -> [[String]] {
    let words = TaggerTests.words
    return TaggerTests.sentences(40)
      + long.flatMap { count in
        let text = (0..<count).map { words[$0 * $0 % 97 % words.count] }
        return [text, Array(text.suffix(3))]
      }
  }

  @Test(arguments: designs) func logitsEqualTheNetworks(_ design: Design) throws {
    let (folder, model) = try Self.saved(design)
    let texts = Self.texts(design.task, long: [1025, StudentConfiguration.longestText + 7])
    let logits = try Classifier(path: folder).logits(texts: texts)
    let count = design.task.textCount
    #expect(logits.count * count == texts.count)
    var inputs = StudentInputs(vocabulary: model.vocabulary)
    for start in stride(from: 0, to: texts.count, by: count) {
      inputs.append(
        texts[start..<start + count].flatMap(\.self),
        firstLength: count == 2 ? texts[start].count : nil)
    }
    let workspace = Workspace()
    for (example, input) in inputs.finished().enumerated() {
      workspace.reset()
      let expected = model.network.logits(
        [input], parameters: model.parameters.base, workspace: workspace)
      for (label, logit) in logits[example].enumerated() {
        #expect(abs(logit - expected[0, label]) < 1e-5)
      }
    }
    withExtendedLifetime((model, workspace)) {}
  }

  /// Neither what runs beside a text nor what was read before it changes a bit of its answer.
  @Test(arguments: designs, TaggerPrecision.allCases)
  func answersDoNotDependOnWhatRunsBeside(
    _ design: Design, _ precision: TaggerPrecision
  ) throws {
    let model = try Classifier.Model(path: Self.saved(design).folder, precision: precision)
    let classifier = Classifier(model: model)
    let count = design.task.textCount
    let texts = Self.texts(design.task, long: [1100, 3000])
    // More examples than are answered at one time.
    let together = classifier.logits(texts: Array(repeatElement(texts, count: 15).joined()))
    for (example, start) in stride(from: 0, to: texts.count, by: count).enumerated() {
      let alone = Classifier(model: model).logits(texts: Array(texts[start..<start + count]))[0]
      for round in 0..<15 {
        #expect(together[round * texts.count / count + example] == alone)
      }
    }
  }

  @Test(arguments: TaggerPrecision.allCases)
  func threadsThatShareAModelGiveTheSameAnswers(_ precision: TaggerPrecision) throws {
    let folder = try Self.saved(Design(task: .pair)).folder
    let model = try Classifier.Model(path: folder, precision: precision)
    let texts = Self.texts(.pair)
    let expected = Classifier(model: model).logits(texts: texts)
    let found = Workers(4).map(8) { _ in Classifier(model: model).logits(texts: texts) }
    #expect(found.allSatisfy { $0 == expected })
  }

  @Test(arguments: designs) func int8IsCloseToFP32(_ design: Design) throws {
    let (folder, _) = try Self.saved(design)
    let texts = Self.texts(design.task)
    let (exact, low) = (
      try Classifier(path: folder).logits(texts: texts),
      try Classifier(path: folder, precision: .int8).logits(texts: texts)
    )
    let largest = zip(exact, low).flatMap { zip($0, $1) }.reduce(0) { max($0, abs($1.0 - $1.1)) }
    #expect(largest < 0.1)
    #expect((largest > 0) == TaggerPrecision.hasInt8)
  }

  @Test(arguments: [1, 0.5, 3] as [Float])
  func probabilitiesAreTheSoftmaxOfLogitsByTheTemperature(_ temperature: Float) throws {
    let (folder, model) = try Self.saved()
    try model.save(to: folder, temperature: temperature)
    let classifier = try Classifier(path: folder)
    let texts = Self.texts(.sentence)
    for (text, logits) in zip(texts, classifier.logits(texts: texts)) {
      let answer = classifier.label(words: text)
      let sum = logits.reduce(0) { $0 + exp(Double($1) / Double(temperature)) }
      #expect(Set(answer.choices.map(\.label)) == Set(classifier.labels))
      #expect(answer.choices.count == 3)
      #expect(abs(answer.choices.reduce(0) { $0 + $1.probability } - 1) < 1e-12)
      for choice in answer.choices {
        let label = try #require(classifier.labels.firstIndex(of: choice.label))
        let expected = exp(Double(logits[label]) / Double(temperature)) / sum
        #expect(abs(choice.probability - expected) < 1e-12)
      }
      let probabilities = answer.choices.map(\.probability)
      #expect(probabilities == probabilities.sorted(by: >))
      #expect(answer.label == answer.choices[0].label && answer.probability == probabilities[0])
    }
  }

  @Test func equallyProbableLabelsKeepTheirOrder() {
    let answer = Classification(logits: [1, 2, 1, 2], labels: ["a", "b", "c", "d"])
    #expect(answer.choices.map(\.label) == ["b", "d", "a", "c"])
  }

  @Test func plainTextIsCutIntoTheWordsOfAllItsSentences() throws {
    let text = "EU rejects it. Mr. call doesn't\n\tnaïve, British lamb!"
    let words = [
      "EU", "rejects", "it", ".", "Mr.", "call", "does", "n't", "naïve", ",", "British", "lamb",
      "!",
    ]
    let texts = try Classifier(path: Self.saved().folder)
    #expect(texts.label(of: text) == texts.label(words: words))
    #expect(texts.labels(of: [text, "", "EU"]) == texts.labels(words: [words, [], ["EU"]]))
    #expect(texts.task == .sentence && !texts.hasOverflowed)
    let pairs = try Classifier(path: Self.saved(Self.designs[3]).folder)
    #expect(pairs.label(of: text, "EU") == pairs.label(words: words, ["EU"]))
    #expect(pairs.label(of: text, "EU") != pairs.label(of: "EU", text))
    #expect(
      pairs.labels(ofPairs: [(text, "EU"), ("", "")])
        == pairs.labels(wordsOfPairs: [(words, ["EU"]), ([], [])]))
    #expect(pairs.task == .pair && pairs.labels == ["neutral", "entails", "contradicts"])
    #expect(texts.labels(of: []).isEmpty)
  }

  @Test func logitsThatAreNotFiniteAreTold() throws {
    let (folder, model) = try Self.saved()
    let bias = try #require(model.network.layout.slice(named: "classifier.bias"))
    let weight = try #require(model.network.layout.slice(named: "classifier.weight"))
    for n in weight.offset..<bias.range.upperBound { model.parameters.base[n] = 3e38 }
    try model.save(to: folder)
    let classifier = try Classifier(path: folder)
    let answer = classifier.label(of: "EU rejects")
    #expect(answer.choices.map(\.label) == classifier.labels)
    #expect(answer.choices.allSatisfy { $0.probability == 1.0 / 3 })
    #expect(classifier.hasOverflowed)
  }

  @Test(arguments: [TaskKind.sentence, .pair])
  func aStudentForAnotherTaskIsRefused(_ task: TaskKind) throws {
    let texts = try Self.saved(Design(task: task)).folder
    #expect { try Tagger(path: texts) } throws: {
      "\($0)" == "\(texts)/config.json: a student for the task \(task); "
        + "expected one for the task tag; use it to classify texts"
    }
    let words = try TaggerTests.saved().folder
    #expect { try Classifier(path: words) } throws: {
      "\($0)" == "\(words)/config.json: a student for the task tag; "
        + "expected one for the task sentence or pair; use it to tag words"
    }
  }
}

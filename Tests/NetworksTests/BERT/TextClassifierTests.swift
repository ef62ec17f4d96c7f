import Files
import Kernels
import Labels
import ModelFiles
import Networks
import TestSupport
import Testing

/// Models that label a text, or a pair of texts, as a whole: where their head comes from, and what they read.
@Suite struct TextClassifierTests {
  @Test(arguments: Architecture.allCases) func aDirectoryBringsItsHead(
    _ architecture: Architecture
  ) throws {
    let path = try TinyDirectory(.init(architecture: architecture, head: .sequence)).path
    for task in [TaskKind.sentence, .pair] {
      let model = try BERTModel(path: path, task: task)
      #expect(model.network.labels == ["good", "LABEL_1", "?"])
      for slice in model.network.layout.slices {
        #expect(values(slice, of: model) == stored(slice), "\(slice.name)")
      }
    }
    let network = try BERTModel.network(of: HuggingFaceDirectory(path: path))
    #expect(network.labels == ["good", "LABEL_1", "?"])
    #expect(network.layout.slice(named: "\(architecture.sequenceHead.dense).weight") != nil)
    #expect(
      message { try BERTModel(path: path) }
        == "\(path)/config.json: a model without a token-classification head; expected a tagger with "
        + "id2label; fine-tune it first: distill-bilstm finetune --teacher \(path)")
  }

  /// A pre-trained BERT has a pooler, which a new classifier keeps, whatever else the directory was; so does a truncated one.
  @Test(arguments: [true, false], [LayerSelection.all, .alternate(2)])
  func aPoolerInTheFileIsKept(_ hasPrefix: Bool, _ layers: LayerSelection) throws {
    let path = try TinyDirectory(
      .init(
        head: .sequence, hasPrefix: hasPrefix, missing: "classifier.weight",
        configure: {
          $0.architectures = ["BertModel"]
          $0.labels = []
        })
    ).path
    let model = try BERTModel(path: path, task: .pair, labels: ["no", "yes"], layers: layers)
    #expect(model.network.labels == ["no", "yes"])
    for slice in try head(of: model).dense { #expect(values(slice, of: model) == stored(slice)) }
    let output = try head(of: model).output
    #expect(output[0].shape == [2, 8])
    #expect(values(output[0], of: model) != Array(stored(output[0]).prefix(16)))
    #expect(values(output[1], of: model) == [0, 0])
  }

  @Test(arguments: Architecture.allCases) func aNewHeadFollowsItsSeed(
    _ architecture: Architecture
  ) throws {
    let path = try TinyDirectory(.init(architecture: architecture)).path
    let labels = ["no", "yes"]
    let model = try BERTModel(path: path, task: .sentence, labels: labels, seed: 7)
    let same = try BERTModel(path: path, task: .sentence, labels: labels, seed: 7)
    let other = try BERTModel(path: path, task: .sentence, labels: labels, seed: 8)
    let head = try head(of: model)
    for weight in [head.dense[0], head.output[0]] {
      let squares = values(weight, of: model).reduce(0) { $0 + Double($1 * $1) }
      #expect(abs((squares / Double(weight.count)).squareRoot() - 0.02) < 0.01)
      #expect(values(weight, of: same) == values(weight, of: model))
      #expect(values(weight, of: other) != values(weight, of: model))
    }
    for bias in [head.dense[1], head.output[1]] {
      #expect(values(bias, of: model).allSatisfy { $0 == 0 })
    }
  }

  @Test func aClassifierWithoutItsPoolerIsRefused() throws {
    let name = "bert.pooler.dense.weight"
    let path = try TinyDirectory(.init(head: .sequence, missing: name)).path
    let expected =
      "\(path)/model.safetensors: no tensor \"\(name)\" among 88 tensors; expected a model that has "
      + "it; are config.json and the weights of one model?"
    #expect(message { try BERTModel(path: path, task: .sentence) } == expected)
    // Half a pooler is not taken for none.
    #expect(message { try BERTModel(path: path, task: .pair, labels: ["a", "b"]) } == expected)
  }

  @Test(arguments: [
    (
      Architecture.bert, [2, 5, 7, 3], [2, 5, 7, 3, 6, 3], [0, 0, 0, 0, 1, 1] as [Int32],
      [2, 5, 3, 6, 7, 3], 1
    ),
    (.distilbert, [2, 5, 7, 3], [2, 5, 7, 3, 6, 3], [], [2, 5, 3, 6, 7, 3], 1),
    (.mpnet, [2, 5, 7, 3], [2, 5, 3, 3, 6, 3], [], [2, 5, 3, 3, 6, 3], 2),
  ])
  func aTextAndAPairAreOneInputWithOneRow(
    _ architecture: Architecture, _ text: [Int32], _ pair: [Int32], _ types: [Int32],
    _ long: [Int32], _ cut: Int
  ) throws {
    let path = try TinyDirectory(.init(architecture: architecture, head: .sequence)).path
    let model = try BERTModel(path: path, task: .pair)
    let single = model.input(["ac"])
    #expect(single == BERTInput(ids: text, firstPieces: [0]))
    #expect(model.network.rowCount(of: single) == 1)
    let both = model.input(["ac", "b"], firstLength: 1)
    #expect(both.ids == pair && both.types == types)
    #expect(both.cutCount == (architecture == .mpnet ? 1 : 0))
    #expect(both.firstPieces == [0] && both.windowLengths == [6])
    // Six positions are left for pieces, whatever length is asked for.
    let cutInput = model.input(["ac", "bc"], firstLength: 1, maxLength: 100)
    #expect(cutInput.ids == long && cutInput.cutCount == cut)
    #expect(model.input(Array(repeating: "a", count: 9)).cutCount == 5)
    #expect(model.network.windows(of: cutInput).map(\.kept) == [0..<1])
  }

  @Test func withOneTokenTypeBothTextsAreOfIt() throws {
    let configuration = try BERTReference(BERTReference.texts[1]).configuration
    let path = try TinyDirectory(.init()).path
    let model = try BERTModel(random: configuration, tokenizerFrom: path, task: .pair, seed: 1)
    #expect(model.input(["a", "b"], firstLength: 1).types.isEmpty)
  }

  @Test func wordShapesAreForTaggersAlone() throws {
    let path = try TinyDirectory().path
    let model = try BERTModel(path: path, task: .pair, labels: ["a", "b"], wordShapes: true)
    #expect(!model.readsWordShapes)
    #expect(model.network.configuration.typeVocabularySize == 2)
    let shaped = try TinyDirectory(.init(configure: { $0.typesAreWordShapes = true })).path
    #expect(
      message { try BERTModel(path: shaped, task: .pair, labels: ["a", "b"]) }
        == "\(shaped)/config.json: token types that are the shapes of words; expected token types "
        + "that tell the two texts of a pair apart; take a model that was not trained as a tagger")
  }

  @Test func tooFewPositionsForAPair() throws {
    var configuration = try BERTReference(BERTReference.texts[0]).configuration
    configuration.maximumPositions = 5
    let path = try TinyDirectory().path
    #expect(
      message {
        try BERTModel(random: configuration, tokenizerFrom: path, task: .sentence, seed: 1)
      }
        == "\(path)/config.json: max_position_embeddings 5; expected enough for two texts of a piece "
        + "and the special pieces around them")
  }

  @Test func aHeadDropoutThatLeavesNothing() throws {
    let path = try TinyDirectory(
      .init(architecture: .distilbert, head: .sequence, configure: { $0.sequenceDropout = 1 })
    ).path
    #expect(
      message { try BERTModel(path: path, task: .sentence) }
        == "\(path)/config.json: seq_classif_dropout 1.0; expected a rate below 1, so that something "
        + "is left")
    // A tagger has no use for it.
    _ = try BERTModel(path: path, labels: ["O"])
  }

  /// Weights and biases of the head.
  private func head(
    of model: BERTModel
  ) throws -> (dense: [ParameterSlice], output: [ParameterSlice]) {
    let names = model.network.configuration.architecture.sequenceHead
    func pair(_ name: String) throws -> [ParameterSlice] {
      try ["weight", "bias"].map {
        try #require(model.network.layout.slice(named: "\(name).\($0)"))
      }
    }
    return (try pair(names.dense), try pair(names.output))
  }

  private func values(_ slice: ParameterSlice, of model: BERTModel) -> [Float] {
    Array(model.parameters.values[slice.range])
  }

  private func stored(_ slice: ParameterSlice) -> [Float] {
    TinyDirectory.values(slice.name, count: slice.count)
  }
}

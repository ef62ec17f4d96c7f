import Files
import JSON
import Kernels
import Labels
import ModelFiles
import Networks
import TestSupport
import Testing

/// Reading and writing Hugging Face directories.
@Suite struct BERTModelTests {
  @Test(arguments: Architecture.allCases, [0, 1, 2, 3])
  func everyTensorIsFoundUnderAllItsNames(
    _ architecture: Architecture, _ way: Int
  ) throws {
    let directory = try TinyDirectory(
      .init(
        architecture: architecture, hasPrefix: way % 2 == 0, usesOldNames: way >= 2,
        isSharded: way == 3)
    )
    let model = try BERTModel(path: directory.path)
    #expect(model.network.labels == ["O", "B-X", "I-X"])
    for slice in model.network.layout.slices {
      let isRead = values(slice, of: model) == TinyDirectory.values(slice.name, count: slice.count)
      #expect(isRead, "\(slice.name)")
    }
  }

  @Test(arguments: [(TensorType.float16, Float(5e-4)), (.bfloat16, 8e-3)])
  func halfPrecisionWeightsAreWidened(_ dtype: TensorType, _ tolerance: Float) throws {
    let model = try BERTModel(path: TinyDirectory(.init(dtype: dtype)).path)
    for slice in model.network.layout.slices {
      let expected = TinyDirectory.values(slice.name, count: slice.count)
      let distance = zip(values(slice, of: model), expected).map { abs($0 - $1) }.max() ?? 1
      #expect(distance > 0 && distance < tolerance * 0.5, "\(slice.name): \(distance)")
    }
  }

  @Test func aVocabularyInTokenizerJSONGivesTheSameIDsAndIsSavedAsVocabTxt() throws {
    let plain = try BERTModel(path: TinyDirectory().path)
    let path = try TinyDirectory(.init(usesTokenizerFile: true)).path
    let model = try BERTModel(path: path)
    #expect(model.vocabularyPath == "\(path)/tokenizer.json")
    #expect(model.input(["Ac", "b", "zz"]) == plain.input(["Ac", "b", "zz"]))
    try withScratchFolder { folder in
      try model.save(to: folder)
      let text = String(decoding: try content(of: "\(folder)/vocab.txt"), as: UTF8.self)
      #expect(text == "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\nb\n##c\n")
      #expect(try BERTModel(path: folder).input(["ac"]) == plain.input(["ac"]))
    }
  }

  @Test func theCorpusMaskIsTheMaskPieceOfEachVocabulary() throws {
    for architecture in Architecture.allCases {
      let model = try BERTModel(path: TinyDirectory(.init(architecture: architecture)).path)
      #expect(model.input(["[MASK]", "a"]).ids == [2, 4, 5, 3])
    }
  }

  @Test(
    arguments: [
      (LayerSelection.all, [0, 1, 2, 3, 4]), (.listed([0, 3]), [0, 3]),
      (.first(2), [0, 1]), (.last(2), [3, 4]),
      (.alternate(3), [0, 2, 4]), (.alternate(1), [0]), (.first(5), [0, 1, 2, 3, 4]),
    ],
    [
      (Architecture.bert, "bert.encoder.layer"),
      (.distilbert, "distilbert.transformer.layer"), (.mpnet, "mpnet.encoder.layer"),
    ])
  func aSelectionKeepsTheseLayers(
    _ choice: (selection: LayerSelection, kept: [Int]),
    _ family: (architecture: Architecture, layers: String)
  ) throws {
    let path = try TinyDirectory(.init(architecture: family.architecture)).path
    let model = try BERTModel(path: path, layers: choice.selection)
    #expect(model.network.configuration.layerCount == choice.kept.count)
    for slice in model.network.layout.slices {
      var name = slice.name
      for (layer, stored) in choice.kept.enumerated() {
        let prefix = "\(family.layers).\(layer)."
        guard slice.name.hasPrefix(prefix) else { continue }
        name = "\(family.layers).\(stored)." + slice.name.dropFirst(prefix.count)
      }
      let isStored = values(slice, of: model) == TinyDirectory.values(name, count: slice.count)
      #expect(isStored, "\(slice.name)")
    }
    let layers = model.network.layout.slices.filter { $0.name.hasPrefix(family.layers) }
    #expect(layers.count == 16 * choice.kept.count)
  }

  @Test(arguments: [LayerSelection.first(6), .listed([0, 5]), .last(6), .alternate(4), .first(0)])
  func aSelectionOfTooManyLayersIsAnError(_ selection: LayerSelection) throws {
    let path = try TinyDirectory().path
    #expect(
      message { try BERTModel(path: path, layers: selection) }
        == "\(path)/config.json: 5 layers; expected enough layers for \(selection); "
        + "choose a smaller number")
  }

  @Test func aNewClassifierFollowsItsSeedAndTheOldOneIsPassedOver() throws {
    let path = try TinyDirectory(.init(missing: "classifier.weight")).path
    let labels = ["O", "B-A", "I-A", "B-B", "I-B"]
    let model = try BERTModel(path: path, labels: labels, seed: 7)
    #expect(model.network.labels == labels)
    let weight = try #require(model.network.layout.slice(named: "classifier.weight"))
    let bias = try #require(model.network.layout.slice(named: "classifier.bias"))
    #expect(weight.shape == [5, 8])
    #expect(values(bias, of: model) == [Float](repeating: 0, count: 5))
    let squares = values(weight, of: model).reduce(0) { $0 + Double($1 * $1) }
    #expect(abs((squares / 40).squareRoot() - 0.02) < 0.006)
    let same = try BERTModel(path: path, labels: labels, seed: 7)
    let other = try BERTModel(path: path, labels: labels, seed: 8)
    #expect(values(weight, of: same) == values(weight, of: model))
    #expect(values(weight, of: other) != values(weight, of: model))
  }

  @Test(arguments: BERTReference.all) func aSavedModelIsReadBackExactly(
    _ name: BERTReference.Name
  ) throws {
    let task = try BERTReference(name).task
    var reference = try BERTReference(name).configuration
    reference.labels = Array(
      (task == .tag
        ? ["O", "B-É", "I-É", "B-\"", "I-\"", "B-X", "I-X", "B-Y", "I-Y"]
        : ["LABEL_0", "very bad", "\"", "É"]).prefix(reference.labels.count))
    let tiny = try TinyDirectory(.init(architecture: reference.architecture))
    let model = try BERTModel(random: reference, tokenizerFrom: tiny.path, task: task, seed: 3)
    for slice in model.network.layout.slices { BERTReference.fill(slice, in: model.parameters) }
    let folder =
      (Folders.environment("BERT_EXPORT") ?? temporaryPath("saved")) + "/\(name.testDescription)"
    try model.save(to: folder)
    let again = try BERTModel(path: folder, task: task)
    #expect(again.network.labels == reference.labels)
    #expect(again.tokenizerOptions == model.tokenizerOptions)
    let isSame = again.parameters.values == model.parameters.values
    #expect(isSame)
    #expect(again.input(["ac", "zzz"]) == model.input(["ac", "zzz"]))
    #expect(again.network.configuration.json == model.network.configuration.json)
  }

  @Test(arguments: BERTReference.all) func savedTensorsAreThoseOfTransformers(
    _ name: BERTReference.Name
  ) throws {
    let reference = try BERTReference(name)
    let tiny = try TinyDirectory(.init(architecture: reference.configuration.architecture))
    let model = try BERTModel(
      random: reference.configuration, tokenizerFrom: tiny.path, task: reference.task, seed: 3)
    let folder = temporaryPath("saved")
    try model.save(to: folder)
    let file = try SafetensorsFile(path: "\(folder)/model.safetensors")
    #expect(file.names.sorted() == reference.saved.keys.sorted())
    for tensor in file.tensors {
      #expect(tensor.shape == reference.saved[tensor.name]?.array?.compactMap(\.int))
    }
  }

  @Test(arguments: [0, 3, 5, 6]) func aRandomModelIsThatOfItsSeed(_ index: Int) throws {
    let configuration = try BERTReference(index).configuration
    let path = try TinyDirectory(.init(architecture: configuration.architecture)).path
    let model = try BERTModel(random: configuration, tokenizerFrom: path, seed: 1)
    let same = try BERTModel(random: configuration, tokenizerFrom: path, seed: 1)
    let isSame = same.parameters.values == model.parameters.values
    #expect(isSame)
    for slice in model.network.layout.slices {
      let numbers = values(slice, of: model)
      if ["LayerNorm.weight", "layer_norm.weight"].contains(where: slice.name.hasSuffix) {
        #expect(numbers.allSatisfy { $0 == 1 })
      } else if slice.name.hasSuffix("bias") {
        #expect(numbers.allSatisfy { $0 == 0 })
      } else {
        #expect(Set(numbers).count > slice.count / 2)
      }
    }
  }

  @Test(arguments: Architecture.allCases)
  func aSentenceWithMorePiecesThanPositionsIsReadInWindows(
    _ architecture: Architecture
  ) throws {
    let model = try BERTModel(path: TinyDirectory(.init(architecture: architecture)).path)
    #expect(
      model.input(["a", "bc"])
        == BERTInput(ids: [2, 5, 6, 7, 3], firstPieces: [1, 2]))
    #expect(model.input(["a", "b", "a", "b"]).windowLengths == [6])
    let long = model.input(["a", "b", "a", "bc", "a", "b"])
    #expect(long.ids == [2, 5, 6, 5, 6, 3, 2, 5, 6, 7, 5, 3, 2, 6, 7, 5, 6, 3])
    #expect(long.windowLengths == [6, 6, 6])
    #expect(long.firstPieces == [1, 2, 3, 8, 15, 16])
  }

  private func values(_ slice: ParameterSlice, of model: BERTModel) -> [Float] {
    Array(model.parameters.values[slice.range])
  }
}

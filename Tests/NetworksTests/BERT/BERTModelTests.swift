import Files
import Kernels
import ModelFiles
import Networks
import TestSupport
import Testing

/// Reading and writing Hugging Face directories.
@Suite struct BERTModelTests {
  @Test(arguments: ["bert.", ""], [false, true])
  func everyTensorIsFoundUnderAllItsNames(prefix: String, usesOldNames: Bool) throws {
    let directory = try TinyDirectory(.init(prefix: prefix, usesOldNames: usesOldNames))
    let model = try BERTModel(path: directory.path)
    #expect(model.network.labels == ["O", "B-X", "I-X"])
    for slice in model.network.layout.slices {
      let isRead = values(slice, of: model) == TinyDirectory.values(slice.name, count: slice.count)
      #expect(isRead, "\(slice.name)")
    }
  }

  @Test(arguments: [
    (LayerSelection.all, [0, 1, 2, 3, 4]), (.first(2), [0, 1]), (.last(2), [3, 4]),
    (.alternate(3), [0, 2, 4]), (.alternate(1), [0]), (.first(5), [0, 1, 2, 3, 4]),
  ])
  func aSelectionKeepsTheseLayers(_ selection: LayerSelection, _ kept: [Int]) throws {
    let model = try BERTModel(path: TinyDirectory().path, layers: selection)
    #expect(model.network.configuration.layerCount == kept.count)
    for (layer, stored) in kept.enumerated() {
      let prefix = "bert.encoder.layer.\(layer)."
      let slices = model.network.layout.slices.filter { $0.name.hasPrefix(prefix) }
      #expect(slices.count == 16)
      for slice in slices {
        let name = "bert.encoder.layer.\(stored)." + slice.name.dropFirst(prefix.count)
        let isStored = values(slice, of: model) == TinyDirectory.values(name, count: slice.count)
        #expect(isStored, "\(slice.name)")
      }
    }
  }

  @Test(arguments: [LayerSelection.first(6), .last(6), .alternate(4), .first(0)])
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

  @Test func aSavedModelIsReadBackExactly() throws {
    var reference = try BERTReference(0).configuration
    reference.labels = ["O", "B-É", "I-É", "B-\"", "I-\""]
    let model = try BERTModel(random: reference, tokenizerFrom: TinyDirectory().path, seed: 3)
    for slice in model.network.layout.slices { BERTReference.fill(slice, in: model.parameters) }
    let folder = Folders.environment("BERT_EXPORT") ?? temporaryPath("saved")
    try model.save(to: folder)
    let again = try BERTModel(path: folder)
    #expect(again.network.labels == reference.labels)
    #expect(again.tokenizerOptions == model.tokenizerOptions)
    let isSame = again.parameters.values == model.parameters.values
    #expect(isSame)
    #expect(again.input(["ac", "zzz"]) == model.input(["ac", "zzz"]))
    #expect(
      try BERTModel(path: folder).network.configuration.json == again.network.configuration.json)
  }

  @Test func savedTensorsAreThoseOfTransformers() throws {
    let reference = try BERTReference(0)
    let model = try BERTModel(
      random: reference.configuration, tokenizerFrom: TinyDirectory().path, seed: 3)
    let folder = temporaryPath("saved")
    try model.save(to: folder)
    let file = try SafetensorsFile(path: "\(folder)/model.safetensors")
    #expect(file.names.sorted() == reference.saved.keys.sorted())
    for tensor in file.tensors {
      #expect(tensor.shape == reference.saved[tensor.name]?.array?.compactMap(\.int))
    }
  }

  @Test func aRandomModelIsThatOfItsSeed() throws {
    let path = try TinyDirectory().path
    let configuration = try BERTReference(0).configuration
    let model = try BERTModel(random: configuration, tokenizerFrom: path, seed: 1)
    let same = try BERTModel(random: configuration, tokenizerFrom: path, seed: 1)
    let isSame = same.parameters.values == model.parameters.values
    #expect(isSame)
    for slice in model.network.layout.slices {
      let numbers = values(slice, of: model)
      if slice.name.hasSuffix("LayerNorm.weight") {
        #expect(numbers.allSatisfy { $0 == 1 })
      } else if slice.name.hasSuffix("bias") {
        #expect(numbers.allSatisfy { $0 == 0 })
      } else {
        #expect(Set(numbers).count > slice.count / 2)
      }
    }
  }

  @Test func aSentenceWithMorePiecesThanPositionsIsReadInWindows() throws {
    let model = try BERTModel(path: TinyDirectory().path)
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

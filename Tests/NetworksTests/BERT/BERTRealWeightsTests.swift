import Files
import JSON
import Kernels
import ModelFiles
import Networks
import TestSupport
import Testing

/// Hidden states and logits of the default teacher against transformers (Tests/References/bert.py).
///
/// Runs where the teacher is in the cache; any command that needs it leaves it there.
@Suite struct BERTRealWeightsTests {
  @Test func hiddenStatesAndLogitsEqualTransformers() throws {
    let folder = "\(try Folders.cache())/teachers/minilm-l6"
    guard Folders.exists("\(folder)/model.safetensors") else {
      print("not tested: \(folder) is not there, so its outputs are not compared")
      return
    }
    let reference = try JSONValue.read(path: fixture("NetworksTests/Fixtures/bert_minilm.json"))
    let labels = try #require(reference["labels"]?.array).compactMap(\.string)
    let model = try BERTModel(path: folder, labels: labels)
    for name in ["classifier.weight", "classifier.bias"] {
      let slice = try #require(model.network.layout.slice(named: name))
      BERTReference.fill(slice, in: model.parameters, scale: 0.1)
    }
    let cases = try #require(reference["cases"]?.array)
    let inputs = try cases.map { this in
      let words = try #require(this["words"]?.array).compactMap(\.string)
      let input = model.input(words)
      #expect(input.ids.map { Int($0) } == this["ids"]?.array?.compactMap(\.int))
      #expect(input.firstPieces.map { Int($0) } == this["first_pieces"]?.array?.compactMap(\.int))
      return input
    }
    let bench = BERTBench(model.network, parameters: model.parameters)
    let hidden = bench.hiddenStates(inputs)
    let width = model.network.configuration.hiddenSize
    let everySeventh = hidden.indices.filter { $0 % width % 7 == 0 }.map { hidden[$0] }
    let expectedHidden = try cases.flatMap { try BERTReference.numbers($0["hidden"]) }
    let expectedLogits = try cases.flatMap { try BERTReference.numbers($0["logits"]) }
    #expect(largestDistance(everySeventh, expectedHidden) < 1e-4)
    #expect(largestDistance(bench.logits(inputs), expectedLogits) < 1e-4)
  }
}

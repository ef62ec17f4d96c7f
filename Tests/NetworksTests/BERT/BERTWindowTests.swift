import Kernels
import ModelFiles
import Networks
import TestSupport
import Testing

@Suite struct BERTWindowTests {
  /// A word of very many pieces is read once, in the window that has its first piece.
  @Test func windowsWithoutWordsAreLeftOut() throws {
    let model = try BERTModel(path: TinyDirectory().path)
    let word = "a" + String(repeating: "c", count: 90)
    #expect(model.input([word]).windowLengths == [6])
    let between = model.input(["b", word, "b"])
    #expect(between.windowLengths.count <= 3)
    let first = between.firstPieces.map { between.ids[Int($0)] }
    #expect(first == Array(model.input(["b", "a", "b"]).ids[1..<4]))
  }

  /// Attention takes memory by the square of a window, so that windows are bounded where positions are not.
  @Test func windowsAreBoundedWhereAModelHasMorePositions() throws {
    let directory = try TinyDirectory()
    var configuration = directory.configuration
    configuration.maximumPositions = 2000
    let model = try BERTModel(random: configuration, tokenizerFrom: directory.path, seed: 1)
    let input = model.input(Array(repeating: "a", count: 1500))
    #expect(input.windowLengths.max() == BERTInput.longestWindow)
    #expect(input.firstPieces.count == 1500)
  }

  /// What a sentence in windows gives is what its windows give as sentences of their own.
  @Test func windowsAreSentencesOfTheirOwn() throws {
    let model = try BERTModel(path: TinyDirectory().path)
    let long = model.input(["a", "b", "a", "bc", "a", "b"])
    let apart = [
      BERTInput(ids: Array(long.ids[0..<6]), firstPieces: [1, 2, 3]),
      BERTInput(ids: Array(long.ids[6..<12]), firstPieces: [2]),
      BERTInput(ids: Array(long.ids[12..<18]), firstPieces: [3, 4]),
    ]
    let short = model.input(["b", "a"])
    let gold = [0, 1, 2, 1, 0, 2, 0, 0, 1, 2]
    let together = BERTBench(model.network, parameters: model.parameters)
    let separate = BERTBench(model.network, parameters: model.parameters)
    #expect(together.logits([short, long, short]) == separate.logits([short] + apart + [short]))
    let loss = together.step([short, long, short], gold: gold)
    #expect(loss == separate.step([short] + apart + [short], gold: gold))
    let isSame = together.gradients.values == separate.gradients.values
    #expect(isSame)
    let largest = together.gradients.values.map(abs).max() ?? 0
    #expect(largest > 0)
  }
}

import Kernels
import ModelFiles
import Networks
import Runtime
import TestSupport
import Testing

/// States of words alone against hidden states of one word after another, which are transformers' (BERTRealWeightsTests).
@Suite struct LoneWordTests {
  @Test func aWordHasTheMeanOfItsPieces() throws {
    let model = try BERTModel(path: TinyDirectory().path)
    // "acccccccc" has nine pieces, of which the one window that answers for it holds the first four; the words fill more than one batch.
    let different = ["a", "bc", "b", "acccccccc", "acc", "?"]
    let words = (0..<600).map { different[$0 * $0 % 7 % different.count] }
    let width = model.network.configuration.hiddenSize
    let bench = BERTBench(model.network, parameters: model.parameters)
    let expected = different.map { word in
      let input = model.input([word])
      let pieces = input.windowLengths[0] - 2
      let hidden = bench.hiddenStates([input])
      return (0..<width).map { column in
        (1...pieces).reduce(0) { $0 + hidden[$1 * width + column] } / Double(pieces)
      }
    }
    #expect(model.input(["acccccccc"]).windowLengths == [6])
    #expect(Set(expected).count == different.count)
    let states = Self.states(of: words, model, threads: 1)
    for (place, word) in words.enumerated() {
      let row = states[place * width..<(place + 1) * width].map(Double.init)
      let number = try #require(different.firstIndex(of: word))
      #expect(largestDistance(row, expected[number]) < 1e-5, "\(word)")
    }
    #expect(Self.states(of: words, model, threads: 3) == states)
  }

  @Test func noWordsNoStates() throws {
    #expect(Self.states(of: [], try BERTModel(path: TinyDirectory().path), threads: 2).isEmpty)
  }

  private static func states(of words: [String], _ model: BERTModel, threads: Int) -> [Float] {
    let width = model.network.configuration.hiddenSize
    let buffer = FloatBuffer(count: words.count * width)
    return withExtendedLifetime(buffer) {
      model.writeStates(
        ofLoneWords: words, to: Matrix(buffer.base, rows: words.count, columns: width),
        workers: Workers(threads))
      return Array(buffer.elements)
    }
  }
}

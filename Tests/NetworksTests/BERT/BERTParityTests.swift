import Kernels
import Layers
import Networks
import Testing

/// Logits, loss and every gradient against transformers' BertForTokenClassification (Tests/References/bert.py).
@Suite struct BERTParityTests {
  @Test(arguments: 0..<BERTReference.count) func logitsEqualTransformers(_ index: Int) throws {
    let reference = try BERTReference(index)
    let network = BERTNetwork(reference.configuration)
    let parameters = BERTReference.parameters(of: network.layout)
    let logits = network.logits(
      reference.inputs, parameters: parameters.base, workspace: Workspace())
    #expect(largestDistance(logits.elements, reference.logits) < 1e-5)
  }

  @Test(arguments: 0..<BERTReference.count) func everyGradientEqualsTransformers(
    _ index: Int
  ) throws {
    let reference = try BERTReference(index)
    let network = BERTNetwork(reference.configuration)
    let parameters = BERTReference.parameters(of: network.layout)
    let gradients = FloatBuffer(count: network.layout.count)
    let workspace = Workspace()
    let (loss, sparse) = network.step(
      reference.inputs, parameters: parameters.base, gradients: gradients.base,
      workspace: workspace, dropout: nil
    ) { crossEntropy($0, $1, gold: reference.gold) }
    #expect(abs(loss - reference.loss) < 1e-5 * reference.loss)
    try #require(sparse.map(\.slice) == network.sparseTables)
    for gradient in sparse { scatter(gradient, to: gradients) }
    #expect(network.layout.slices.map(\.name).sorted() == reference.gradients.map(\.0).sorted())
    for slice in network.layout.slices {
      let expected = try reference.gradient(slice.name)
      // A key's bias moves all scores of a query alike, so its gradient is zero but for rounding.
      let size = max(expected.reduce(0) { max($0, abs($1)) }, 1e-3)
      let distance = largestDistance(slice.matrix(in: gradients.base).elements, expected)
      #expect(distance < 1e-4 * size, "\(slice.name): \(distance) of \(size)")
    }
  }

  @Test func gradientsAreAccumulated() throws {
    let reference = try BERTReference(0)
    let network = BERTNetwork(reference.configuration)
    let parameters = BERTReference.parameters(of: network.layout)
    let once = FloatBuffer(count: network.layout.count)
    let twice = FloatBuffer(count: network.layout.count)
    for buffer in [once, twice, twice] {
      _ = network.step(
        reference.inputs, parameters: parameters.base, gradients: buffer.base,
        workspace: Workspace(), dropout: nil
      ) { crossEntropy($0, $1, gold: reference.gold) }
    }
    #expect(
      largestDistance(once.elements.map { 2 * Double($0) }, twice.elements.map { Double($0) })
        < 1e-6)
  }

  @Test func aSentenceAloneHasTheLogitsItHasInABatch() throws {
    let reference = try BERTReference(1)
    let network = BERTNetwork(reference.configuration)
    let parameters = BERTReference.parameters(of: network.layout)
    let alone = reference.inputs.flatMap {
      network.logits([$0], parameters: parameters.base, workspace: Workspace()).elements
    }
    #expect(largestDistance(alone, reference.logits) < 1e-5)
  }

  @Test func aBatchWithoutWordsHasNoLogitsAndNoGradient() throws {
    let reference = try BERTReference(0)
    let network = BERTNetwork(reference.configuration)
    let parameters = BERTReference.parameters(of: network.layout)
    let gradients = FloatBuffer(count: network.layout.count)
    let (loss, _) = network.step(
      [BERTInput(ids: [1, 2], firstPieces: [])], parameters: parameters.base,
      gradients: gradients.base, workspace: Workspace(), dropout: nil
    ) { logits, _ in
      #expect(logits.rows == 0)
      return 0
    }
    #expect(loss == 0)
    #expect(gradients.elements.allSatisfy { $0 == 0 })
  }

  /// The mean over all words.
  private func crossEntropy(_ logits: Matrix, _ dLogits: Matrix, gold: [Int]) -> Double {
    var scratch = [Float](repeating: 0, count: 2 * logits.columns)
    return gold.indices.reduce(0) { sum, word in
      sum
        + TokenObjective.goldLabels.token(
          UnsafeBufferPointer(start: logits.row(word), count: logits.columns), teacher: nil,
          gold: gold[word], gradient: dLogits.row(word), scale: 1 / Float(gold.count),
          scratch: &scratch)
    }
  }

  private func scatter(_ gradient: SparseGradient, to gradients: FloatBuffer) {
    let table = gradient.slice.matrix(in: gradients.base)
    for (row, id) in gradient.ids.enumerated() {
      add(gradient.rows.row(row), to: table.row(Int(id)), count: table.columns)
    }
  }
}

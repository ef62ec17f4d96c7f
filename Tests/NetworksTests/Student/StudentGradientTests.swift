import Kernels
import Layers
import Networks
import StudentFormat
import Testing

/// The student's gradients against finite differences of its own loss, with and without dropout.
@Suite struct StudentGradientTests {
  /// Along its gradient, the slope of the loss is the gradient's norm.
  ///
  /// The step is short enough to meet no kink of maximum or ReLU.
  @Test(arguments: [false, true], StudentReference.names)
  func theSlopeAlongEachTensorsGradientIsItsNorm(_ withDropout: Bool, _ name: String) throws {
    let reference = try StudentReference(name)
    let dropout = withDropout ? DropoutContext(seed: 5, step: 3, shard: 1) : nil
    let gradients = reference.gradients(dropout: dropout).gradients
    for slice in reference.network.layout.slices {
      let norm = sumOfSquares(slice.pointer(in: gradients.base), count: slice.count).squareRoot()
      let length = 2e-3
      let before = Array(reference.parameters.elements[slice.range])
      let losses = [length, -length].map { length in
        for n in 0..<slice.count {
          let direction = Double(gradients.base[slice.offset + n]) / norm
          reference.parameters.base[slice.offset + n] = before[n] + Float(length * direction)
        }
        return reference.gradients(dropout: dropout).loss
      }
      for n in 0..<slice.count { reference.parameters.base[slice.offset + n] = before[n] }
      let slope = (losses[0] - losses[1]) / (2 * length)
      #expect(norm > 0, "\(slice.name)")
      #expect(abs(slope - norm) < 0.01 * norm + 1e-3, "\(slice.name): \(slope), \(norm)")
    }
  }

  @Test func dropoutChangesTheLossAndItsKeyDecidesHow() throws {
    let reference = try StudentReference()
    func loss(step: Int) -> Double {
      reference.gradients(dropout: DropoutContext(seed: 1, step: step, shard: 0)).loss
    }
    #expect(loss(step: 1) == loss(step: 1))
    #expect(loss(step: 1) != loss(step: 2))
    #expect(loss(step: 1) != reference.gradients().loss)
  }

  @Test func aSentencesLogitsDoNotDependOnItsBatch() throws {
    let reference = try StudentReference()
    let inputs = reference.inputs
    let workspace = Workspace()
    let together = reference.network.logits(
      inputs, parameters: reference.parameters.base, workspace: workspace)
    var row = 0
    for input in inputs {
      let alone = reference.network.logits(
        [input], parameters: reference.parameters.base, workspace: workspace)
      for r in 0..<alone.rows {
        for c in 0..<alone.columns { #expect(abs(alone[r, c] - together[row + r, c]) < 1e-6) }
      }
      row += alone.rows
    }
    withExtendedLifetime(workspace) { #expect(row == together.rows) }
  }

  @Test func theSparseGradientHasARowForEachTypeAndPiece() throws {
    let reference = try StudentReference()
    let gradients = FloatBuffer(count: reference.network.layout.count)
    let workspace = Workspace()
    let (_, sparse) = reference.network.step(
      reference.inputs, parameters: reference.parameters.base, gradients: gradients.base,
      workspace: workspace, dropout: nil, loss: StudentReference.loss)
    var words: [String] = []
    for word in reference.sentences.joined() where !words.contains(word) { words.append(word) }
    let pieces = words.flatMap { reference.vocabulary.features(of: $0).pieces }
    #expect(sparse.map(\.slice) == reference.network.sparseTables)
    #expect(sparse.first?.ids == pieces)
    #expect(gradients.elements[reference.network.lexicalTable.range].allSatisfy { $0 == 0 })
  }
}

import Kernels
import Layers
import Testing

/// Every sentence and every head has a mask of its own.
@Suite struct SelfAttentionDropoutTests {
  /// Two equal sentences through two heads with the same weights: without dropout all contexts are equal.
  @Test(arguments: [Float(0), 0.4]) func masksDiffer(_ probability: Float) {
    let (length, size) = (6, 3)
    let blocks = contexts(length: length, size: size, probability: probability)
    #expect(blocks.count == 4)
    for (n, block) in blocks.enumerated() {
      #expect(block.contains { $0 != 0 })
      for other in blocks.dropFirst(n + 1) { #expect((block == other) == (probability == 0)) }
    }
  }

  /// The context of each sentence and head.
  private func contexts(length: Int, size: Int, probability: Float) -> [[Double]] {
    let hidden = 2 * size
    var layout = ParameterLayout()
    let layer = SelfAttention(into: &layout, name: "layer", hidden: hidden, heads: 2)
    let (parameters, memory) = (
      FloatBuffer(count: layout.count), FloatBuffer(count: 2 * length * hidden)
    )
    let (workspace, rows) = (Workspace(), PackedRows(lengths: [length, length]))
    return withExtendedLifetime((parameters, memory, workspace)) {
      for slice in layout.slices where slice.shape.count == 2 {
        let weight = slice.matrix(in: parameters.base)
        weight.fill(formula(slice.count, phase: 1))
        weight.rows(size..<hidden).copy(from: weight.rows(0..<size))
      }
      let x = Matrix(memory.base, rows: 2 * length, columns: hidden)
      x.fill(formula(x.count, phase: 0))
      x.rows(length..<2 * length).copy(from: x.rows(0..<length))
      let activations = layer.activations(for: rows, workspace: workspace)
      layer.forward(
        x, into: workspace.matrix(x.rows, hidden), rows: rows, activations: activations,
        dropout: (probability, 99), parameters: parameters.base, workspace: workspace)
      return (0..<4).map { n in
        activations.context.rows(rows[n / 2]).columns(n % 2 * size..<(n % 2 + 1) * size).numbers
      }
    }
  }
}

import Kernels
import Layers
import TestSupport

/// A layer with memory: parameters, input and the outputs' weights in the loss follow the formulas of
/// Tests/References/layers.py.
struct LayerBench {
  let layer: LayerUnderTest
  let rows: PackedRows
  let parameters: FloatBuffer
  let gradients: FloatBuffer
  /// X, [N, I].
  let x: FloatBuffer
  private let lossWeights: [Float]
  private let workspace = Workspace()

  /// Fills a layer's memory; `gammas` are the tensors to whose values 1 is added.
  init(_ layer: LayerUnderTest, lengths: [Int], gammas: (String) -> Bool = { _ in false }) {
    self.layer = layer
    rows = PackedRows(lengths: lengths)
    parameters = FloatBuffer(count: layer.layout.count)
    gradients = FloatBuffer(count: layer.layout.count)
    x = FloatBuffer(count: rows.rows * layer.inputs)
    lossWeights = chirp(rows.rows * layer.outputs, phase: 2, scale: 1)
    for slice in layer.layout.slices {
      let one: Float = gammas(slice.name) ? 1 : 0
      for (n, value) in chirp(slice.count, phase: chirpPhase(of: slice.name)).enumerated() {
        parameters.base[slice.offset + n] = value + one
      }
    }
    for (n, value) in chirp(x.count, phase: 0.5, scale: 1).enumerated() { x.base[n] = value }
  }

  /// Y and dX, row after row; adds to `gradients`.
  func run() -> (output: [Double], inputGradient: [Double]) {
    workspace.reset()
    let y = workspace.matrix(rows.rows, layer.outputs)
    let dY = workspace.matrix(rows.rows, layer.outputs)
    for (n, weight) in lossWeights.enumerated() { dY.base[n] = weight }
    let dX = workspace.zeros(rows.rows, layer.inputs)
    layer.run(
      Matrix(x.base, rows: rows.rows, columns: layer.inputs), y, dY, dX,
      LayerUnderTest.Memory(
        rows: rows, parameters: parameters.base, gradients: gradients.base, workspace: workspace))
    return (y.numbers, dX.numbers)
  }

  /// The sum of the outputs, each times its weight.
  func loss() -> Double {
    zip(run().output, lossWeights).reduce(0) { $0 + $1.0 * Double($1.1) }
  }

  func gradient(_ slice: ParameterSlice) -> [Double] { slice.matrix(in: gradients.base).numbers }
}

import Kernels
import Layers
import Testing

/// A BiLSTM with its buffers; sentences go in and come out end to end, in the order given.
struct BiLSTMBench {
  let layer: BiLSTM
  let layout: ParameterLayout
  let parameters: FloatBuffer
  let gradients: FloatBuffer
  let workspace = Workspace()

  init(inputs: Int, hidden: Int) {
    var layout = ParameterLayout()
    layer = BiLSTM(
      BiLSTMTensors(into: &layout, prefix: "", inputs: inputs, hidden: hidden))
    self.layout = layout
    parameters = FloatBuffer(count: layout.count)
    gradients = FloatBuffer(count: layout.count)
  }

  /// PyTorch's order of the parameters, by which the reference numbers their phases.
  static let names = ["", "_reverse"].flatMap { direction in
    ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"].map { $0 + direction }
  }

  func fillByFormula() throws {
    for (phase, name) in Self.names.enumerated() {
      let slice = try #require(layout.slice(named: name))
      slice.matrix(in: parameters.base).fill(formula(slice.count, phase: Double(phase)))
    }
  }

  /// Output and input gradient for the loss `sum of output n times lossWeight(n)`; adds to `gradients`.
  func run(_ x: [Double], lengths: [Int]) -> (output: [Double], dX: [Double]) {
    workspace.reset()
    let batch = PackedBatch(lengths: lengths)
    let (inputs, outputs) = (layer.inputs, 2 * layer.hidden)
    let rows = batch.rowsInSentenceOrder
    let packed = workspace.matrix(rows.count, inputs)
    let dY = workspace.matrix(rows.count, outputs)
    for (n, row) in rows.enumerated() {
      for i in 0..<inputs { packed[row, i] = Float(x[n * inputs + i]) }
      for j in 0..<outputs { dY[row, j] = Float(lossWeight(n * outputs + j)) }
    }
    let saved = layer.forward(packed, batch, parameters: parameters.base, workspace: workspace)
    let output = rows.flatMap { row in (0..<outputs).map { Double(saved.output[row, $0]) } }
    let dX = layer.backward(
      saved, dY: dY, batch, parameters: parameters.base, gradients: gradients.base,
      workspace: workspace)
    return (output, rows.flatMap { row in (0..<inputs).map { Double(dX[row, $0]) } })
  }
}

/// Parity with torch.nn.LSTM on packed sequences of different lengths, both directions.
@Suite struct LSTMParityTests {
  @Test func outputsAndAllGradientsEqualPyTorchs() throws {
    for reference in try ReferenceCase.read("lstm.json") {
      let lengths = try reference.numbers("lengths").map { Int($0) }
      let bench = BiLSTMBench(
        inputs: try reference.size("inputs"), hidden: try reference.size("hidden"))
      try bench.fillByFormula()
      let count = lengths.reduce(0, +) * bench.layer.inputs
      let (output, dX) = bench.run(formula(count, phase: 0.5), lengths: lengths)
      #expect(distance(output, try reference.numbers("output")) < 1e-5)
      #expect(distance(dX, try reference.numbers("input_gradient")) < 1e-4)
      for name in BiLSTMBench.names {
        let slice = try #require(bench.layout.slice(named: name))
        let gradient = slice.matrix(in: bench.gradients.base).numbers
        #expect(distance(gradient, try reference.gradient(name)) < 1e-4, "\(name)")
      }
    }
  }

  @Test func gradientsAreAccumulated() throws {
    let bench = BiLSTMBench(inputs: 3, hidden: 2)
    try bench.fillByFormula()
    _ = bench.run(formula(9, phase: 0.1), lengths: [2, 1])
    let once = bench.gradients.elements.map { Double($0) }
    _ = bench.run(formula(9, phase: 0.1), lengths: [2, 1])
    #expect(distance(bench.gradients.elements.map { Double($0) / 2 }, once) < 1e-6)
  }

  @Test func theParametersOfBothDirectionsLieSideBySide() throws {
    let bench = BiLSTMBench(inputs: 5, hidden: 4)
    let forwards = try #require(bench.layout.slice(named: "weight_ih_l0"))
    let reverse = try #require(bench.layout.slice(named: "weight_ih_l0_reverse"))
    #expect(forwards.shape == [16, 5])
    #expect(forwards.range.upperBound == reverse.offset)
    #expect(bench.layout.slice(named: "weight_hh_l0_reverse")?.shape == [16, 4])
  }
}

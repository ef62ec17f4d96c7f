import BLAS
import Kernels

/// A bidirectional LSTM over a packed batch, as `torch.nn.LSTM(I, H, bidirectional=True)` on a packed sequence.
///
/// Names, shapes and gate order are PyTorch's, so that a state dictionary loads as it is. The tensors
/// of both directions lie side by side, which makes step 1a one product: X [N, I] times weight_ih
/// [8H, I] transposed. Symbols and steps are those at the top of LSTM.swift.
public struct BiLSTM: Sendable {
  /// I, the width of the input.
  public let inputs: Int
  /// H, the width of one direction's output.
  public let hidden: Int
  /// weight_ih of both directions, 2 x [4H, I].
  let weightIH: [ParameterSlice]
  /// bias_ih of both directions, 2 x [4H].
  let biasIH: [ParameterSlice]
  /// bias_hh of both directions, 2 x [4H].
  let biasHH: [ParameterSlice]
  let directions: [LSTMDirection]

  /// What the backward pass needs of a forward pass.
  public struct Activations {
    /// X, [N, I].
    let input: Matrix
    /// The gates i, f, g, o of both directions, [N, 8H].
    let gates: Matrix
    /// c of both directions, [N, 2H].
    let c: Matrix
    /// h of both directions, [N, 2H].
    public let output: Matrix
  }

  /// Adds `PREFIXweight_ih_l0` and the seven others to a layout.
  ///
  /// - Parameters:
  ///   - layout: The layout.
  ///   - prefix: What stands before the names; may be empty.
  ///   - layer: The number behind `_l`: which one of several above another this is, counted from the bottom.
  ///   - inputs: I.
  ///   - hidden: H.
  public init(
    into layout: inout ParameterLayout, prefix: String, layer: Int = 0, inputs: Int, hidden: Int
  ) {
    func both(_ name: String, _ add: (String) -> ParameterSlice) -> [ParameterSlice] {
      ["", "_reverse"].map { add("\(prefix)\(name)_l\(layer)\($0)") }
    }
    self.inputs = inputs
    self.hidden = hidden
    weightIH = both("weight_ih") { layout.add($0, 4 * hidden, inputs) }
    biasIH = both("bias_ih") { layout.add($0, 4 * hidden) }
    biasHH = both("bias_hh") { layout.add($0, 4 * hidden) }
    directions = both("weight_hh") { layout.add($0, 4 * hidden, hidden) }.enumerated().map {
      LSTMDirection(weight: $1, isReverse: $0 == 1, hidden: hidden)
    }
  }

  /// W of both directions as one matrix, [8H, I].
  private var w: ParameterSlice {
    ParameterSlice(
      name: weightIH[0].name, shape: [8 * hidden, inputs], offset: weightIH[0].offset)
  }

  /// Runs both directions.
  ///
  /// - Parameters:
  ///   - x: X, [N, I], in the batch's packed rows; kept for the backward pass.
  ///   - batch: How the rows are packed.
  ///   - parameters: The model's parameters.
  ///   - workspace: Where outputs and activations go.
  /// - Returns: The output [N, 2H], forwards in the left half, and what the backward pass needs.
  public func forward(
    _ x: Matrix, _ batch: PackedBatch, parameters: UnsafeMutablePointer<Float>,
    workspace: Workspace
  ) -> Activations {
    precondition(
      x.rows == batch.rowCount && x.columns == inputs, "\(x.rows) x \(x.columns) input")
    let gates = workspace.matrix(x.rows, 8 * hidden)
    let bias = workspace.floats(8 * hidden)
    bias.update(from: biasIH[0].pointer(in: parameters), count: 8 * hidden)
    add(biasHH[0].pointer(in: parameters), to: bias, count: 8 * hidden)
    for row in 0..<x.rows { gates.row(row).update(from: bias, count: 8 * hidden) }
    gemm(x, .none, w.matrix(in: parameters), .transposed, into: gates, beta: 1)  // 1a
    let c = workspace.matrix(x.rows, 2 * hidden)
    let h = workspace.matrix(x.rows, 2 * hidden)
    let zeros = workspace.zeros(1, hidden)
    for (index, direction) in directions.enumerated() {
      direction.forward(
        batch, gates: half(index, of: gates), c: half(index, of: c), h: half(index, of: h),
        zeros: zeros.base, parameters: parameters, workspace: workspace)
    }
    return Activations(input: x, gates: gates, c: c, output: h)
  }

  /// Gradients of both directions, then of step 1a: dW += da^T X, db += da, db' += da summed over rows, dX = da W.
  ///
  /// - Parameters:
  ///   - saved: The forward pass's activations; its gates are overwritten, so it serves once.
  ///   - dY: dL/d output, [N, 2H]; overwritten.
  ///   - batch: How the rows are packed.
  ///   - parameters: The model's parameters.
  ///   - gradients: The gradient buffer, accumulated into.
  ///   - workspace: Where dX goes.
  ///   - deferred: Where weight gradients are put off to; nil to compute them at once.
  /// - Returns: dX, [N, I].
  public func backward(
    _ saved: Activations, dY: Matrix, _ batch: PackedBatch,
    parameters: UnsafeMutablePointer<Float>, gradients: UnsafeMutablePointer<Float>,
    workspace: Workspace, deferred: WeightProducts? = nil
  ) -> Matrix {
    precondition(
      dY.rows == batch.rowCount && dY.columns == 2 * hidden, "\(dY.rows) x \(dY.columns) gradient")
    let zeros = workspace.zeros(1, hidden)
    for (index, direction) in directions.enumerated() {
      direction.backward(
        batch, gates: half(index, of: saved.gates), c: half(index, of: saved.c),
        h: half(index, of: saved.output), dH: half(index, of: dY), zeros: zeros.base,
        parameters: parameters, gradients: gradients, workspace: workspace,
        deferred: deferred)
    }
    let dA = saved.gates
    WeightProducts.add(dA, saved.input, of: w, to: gradients, deferred: deferred)
    let sums = workspace.zeros(1, 8 * hidden)
    addColumnSums(of: dA, to: sums.base)
    add(sums.base, to: biasIH[0].pointer(in: gradients), count: 8 * hidden)
    add(sums.base, to: biasHH[0].pointer(in: gradients), count: 8 * hidden)
    let dX = workspace.matrix(dY.rows, inputs)
    gemm(dA, .none, w.matrix(in: parameters), .none, into: dX)
    return dX
  }

  /// One direction's half of the columns.
  private func half(_ index: Int, of matrix: Matrix) -> Matrix {
    let width = matrix.columns / 2
    return matrix.columns(index * width..<(index + 1) * width)
  }
}

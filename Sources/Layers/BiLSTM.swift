import BLAS
import Kernels

/// A bidirectional LSTM over a packed batch, as `torch.nn.LSTM(I, H, bidirectional=True)` on a packed sequence.
///
/// Names, shapes and gate order are PyTorch's, so that a state dictionary loads as it is. The tensors
/// of both directions lie side by side, which makes step 1a one product: X [N, I] times weight_ih
/// [8H, I] transposed. Symbols and steps are those at the top of LSTM.swift.
public struct BiLSTM: Sendable {
  /// The tensors of both directions.
  public let tensors: BiLSTMTensors
  let directions: [LSTMDirection]
  /// I, the width of the input.
  public var inputs: Int { tensors.inputs }
  /// H, the width of one direction's output.
  public var hidden: Int { tensors.hidden }

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

  /// Takes the tensors of a layout.
  public init(_ tensors: BiLSTMTensors) {
    self.tensors = tensors
    directions = tensors.weightHH.enumerated().map {
      LSTMDirection(weight: $1, isReverse: $0 == 1, hidden: tensors.hidden)
    }
  }

  /// W of both directions as one matrix, [8H, I].
  private var w: ParameterSlice {
    ParameterSlice(
      name: tensors.weightIH[0].name, shape: [8 * hidden, inputs],
      offset: tensors.weightIH[0].offset)
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
    bias.update(from: tensors.biasIH[0].pointer(in: parameters), count: 8 * hidden)
    add(tensors.biasHH[0].pointer(in: parameters), to: bias, count: 8 * hidden)
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
    add(sums.base, to: tensors.biasIH[0].pointer(in: gradients), count: 8 * hidden)
    add(sums.base, to: tensors.biasHH[0].pointer(in: gradients), count: 8 * hidden)
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

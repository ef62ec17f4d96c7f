import CKernels
import Kernels

// One direction of an LSTM (Hochreiter and Schmidhuber 1997) over a packed batch, in PyTorch's notation.
//
//     t      time step, 0 ..< T; t' is the step that the recurrence comes from: t - 1 forwards, t + 1 in reverse
//     b_t    sentences longer than t, the rows of step t (see PackedBatch); n_t of them have a step t'
//     a_t    gates before their activations, [b_t, 4H]: i | f | g | o side by side
//     x_t    input, [b_t, I];  h_t  output, [b_t, H];  c_t  cell state, [b_t, H]; h and c are 0 where there is no step t'
//     W, U   weight_ih [4H, I], weight_hh [4H, H];  b, b'  bias_ih, bias_hh [4H]
//
//     (1a)  a_t = x_t W^T + b + b'          all steps and both directions at once: see BiLSTM
//     (1b)  a_t += h_t' U^T                 the first n_t rows
//     (2a)  i, f, o = sigmoid; g = tanh     in place on a_t
//     (2b)  c_t = f c_t' + i g
//     (2c)  h_t = o tanh(c_t)
//
// Both directions share one matrix of gates, one of states and one of outputs, forwards in the left
// half and reverse in the right half; so the rows that one direction sees lie a stride apart.

/// The recurrent half of one direction of an LSTM.
struct LSTMDirection: Sendable {
  let weight: ParameterSlice  // U, [4H, H]
  let isReverse: Bool
  let hidden: Int

  /// t' and n_t; n_t is 0 at the first step of a direction.
  func origin(of t: Int, in batch: PackedBatch) -> (step: Int, count: Int) {
    let origin = isReverse ? t + 1 : t - 1
    guard origin >= 0, origin < batch.longest else { return (t, 0) }
    return (origin, min(batch.batchSizes[t], batch.batchSizes[origin]))
  }

  /// The steps in the order of the recurrence, or against it.
  private func steps(of batch: PackedBatch, backwards: Bool) -> StrideTo<Int> {
    isReverse == backwards
      ? stride(from: 0, to: batch.longest, by: 1)
      : stride(from: batch.longest - 1, to: -1, by: -1)
  }

  /// Steps 1b to 2c.
  ///
  /// - Parameters:
  ///   - batch: How the rows are packed.
  ///   - gates: a, [N, 4H], before recurrence and activations; becomes i, f, g, o.
  ///   - c: [N, H], overwritten.
  ///   - h: [N, H], overwritten.
  ///   - zeros: H zeros.
  ///   - parameters: The model's parameters.
  ///   - workspace: Scratch.
  func forward(
    _ batch: PackedBatch, gates: Matrix, c: Matrix, h: Matrix, zeros: UnsafePointer<Float>,
    parameters: UnsafeMutablePointer<Float>, workspace: Workspace
  ) {
    let u = PackedMatrix(weight.matrix(in: parameters), .transposed, workspace: workspace)
    for t in steps(of: batch, backwards: false) {
      let (start, (step, count)) = (batch.offsets[t], origin(of: t, in: batch))
      let before = batch.offsets[step]
      u.addProduct(
        h.rows(before..<before + count), to: gates.rows(start..<start + count))  // 1b
      for b in 0..<batch.batchSizes[t] {
        let cBefore = b < count ? UnsafePointer(c.row(before + b)) : zeros
        ck_lstm_cell(gates.row(start + b), cBefore, c.row(start + b), h.row(start + b), 1, hidden)
      }
    }
  }

  /// Gradients of steps 2c to 1b, time running against the recurrence.
  ///
  ///     of 2c  do = dh tanh(c), dc += dh o (1 - tanh(c)^2)
  ///     of 2b  di = dc g, dg = dc i, df = dc c_t', dc_t' = dc f
  ///     of 2a  da = di i (1 - i) | df f (1 - f) | dg (1 - g^2) | do o (1 - o)
  ///     of 1b  dh_t' += da U; dU += da^T h_t', for all steps at once
  ///
  /// - Parameters:
  ///   - batch: How the rows are packed.
  ///   - gates: i, f, g, o, [N, 4H]; becomes da.
  ///   - c: [N, H].
  ///   - h: [N, H].
  ///   - dH: dL/dh, [N, H]; what reaches h through the recurrence is added to it.
  ///   - zeros: H zeros.
  ///   - parameters: The model's parameters.
  ///   - gradients: The gradient buffer, accumulated into.
  ///   - workspace: Scratch.
  ///   - deferred: Where dU is put off to; nil to compute it at once.
  func backward(
    _ batch: PackedBatch, gates: Matrix, c: Matrix, h: Matrix, dH: Matrix,
    zeros: UnsafePointer<Float>, parameters: UnsafeMutablePointer<Float>,
    gradients: UnsafeMutablePointer<Float>, workspace: Workspace, deferred: WeightProducts?
  ) {
    let u = PackedMatrix(weight.matrix(in: parameters), .none, workspace: workspace)
    let hBefore = workspace.zeros(batch.rowCount, hidden)
    let dC = workspace.zeros(batch.lengths.count, hidden)
    for t in steps(of: batch, backwards: true) {
      let (start, (step, count)) = (batch.offsets[t], origin(of: t, in: batch))
      let before = batch.offsets[step]
      for b in 0..<batch.batchSizes[t] {
        let cBefore = b < count ? UnsafePointer(c.row(before + b)) : zeros
        ck_lstm_cell_backward(
          gates.row(start + b), cBefore, c.row(start + b), dH.row(start + b), dC.row(b), 1, hidden)
      }
      u.addProduct(
        gates.rows(start..<start + count), to: dH.rows(before..<before + count))  // of 1b
      for b in 0..<count { hBefore.row(start + b).update(from: h.row(before + b), count: hidden) }
    }
    WeightProducts.add(gates, hBefore, of: weight, to: gradients, deferred: deferred)  // of 1b
  }
}

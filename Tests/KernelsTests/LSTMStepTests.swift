import CKernels
import Glibc
import Kernels
import Runtime
import Testing

/// The fused time step against a naive one in double precision, for units and rows that do and do not fill its blocks.
@Suite struct LSTMStepTests {
  static let shapes = [1, 3, 16, 33, 200].flatMap { hidden in
    [1, 2, 5, 6, 7, 12, 13, 26].map { (hidden, $0) }
  }

  /// Weights, gates and states drawn at random; gates in PyTorch's order.
  struct Case {
    let hidden: Int
    let rows: Int
    let weight: [Float]
    let gates: [Float]
    let h: [Float]
    let c: [Float]

    init(_ hidden: Int, _ rows: Int) {
      (self.hidden, self.rows) = (hidden, rows)
      var stream = RandomStream(seed: 1, purpose: .testing, index: UInt64(100 * hidden + rows))
      func random(_ count: Int, _ scale: Double) -> [Float] {
        (0..<count).map { _ in Float(scale * stream.normal()) }
      }
      weight = random(4 * hidden * hidden, 0.2)
      gates = random(rows * 4 * hidden, 1)
      h = random(rows * hidden, 1).map { tanh($0) }
      c = random(rows * hidden, 1)
    }

    /// Steps 1b to 2c with a weight and states in any precision.
    func naive(weight: [Double], h: [Double]) -> (h: [Double], c: [Double]) {
      var result = (h: [Double](), c: [Double]())
      for r in 0..<rows {
        for j in 0..<hidden {
          let a = (0..<4).map { gate in
            (0..<hidden).reduce(Double(gates[(r * 4 + gate) * hidden + j])) {
              $0 + weight[(gate * hidden + j) * hidden + $1] * h[r * hidden + $1]
            }
          }
          func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
          let c = sigmoid(a[1]) * Double(c[r * hidden + j]) + sigmoid(a[0]) * tanh(a[2])
          result.c.append(c)
          result.h.append(sigmoid(a[3]) * tanh(c))
        }
      }
      return result
    }

    /// The kernel on the rows of a range, its inputs brought into its order.
    func run(_ range: Range<Int>, int8: Bool) -> (outputs: [Float], c: [Float]) {
      let units = ck_lstm_units()
      let padded = (hidden + units - 1) / units * units
      let rows = range.count
      let packed = FloatBuffer(
        count: int8 ? (ck_lstm_int8_size(hidden) + 3) / 4 : 4 * padded * hidden)
      let blocks = FloatBuffer(count: rows * 4 * padded)
      let (state, next, cell, outputs) = (
        FloatBuffer(count: rows * padded), FloatBuffer(count: rows * padded),
        FloatBuffer(count: rows * padded), FloatBuffer(count: rows * hidden + 1)
      )
      let given = FloatBuffer(count: rows * padded)
      outputs.base[rows * hidden] = 7
      for r in 0..<rows {
        for j in 0..<hidden {
          let n = (range.lowerBound + r) * hidden + j
          for gate in 0..<4 {
            blocks.base[r * 4 * padded + (j / units * 4 + gate) * units + j % units] =
              gates[((range.lowerBound + r) * 4 + gate) * hidden + j]
          }
          cell.base[r * padded + j] = c[n]
          given.base[r * padded + j] = h[n]
        }
      }
      let gateRows: [UnsafePointer<Float>?] = (0..<rows).map {
        UnsafePointer(blocks.base + $0 * 4 * padded)
      }
      let targets: [UnsafeMutablePointer<Float>?] = (0..<rows).map { outputs.base + $0 * hidden }
      // The floats of `given` as the step has them.
      func bringStates() {
        if int8 {
          ck_lstm_states_int8(given.base, rows * padded, state.base)
        } else {
          state.base.update(from: given.base, count: rows * padded)
        }
      }
      bringStates()
      if int8 {
        ck_lstm_pack_int8(weight, hidden, packed.base)
        ck_lstm_step_int8(
          packed.base, hidden, rows, gateRows, targets, state.base, next.base, cell.base)
      } else {
        ck_lstm_pack(weight, hidden, packed.base)
        ck_lstm_step(
          packed.base, hidden, rows, gateRows, targets, state.base, next.base, cell.base)
      }
      func list(_ buffer: FloatBuffer) -> [Float] {
        (0..<rows).flatMap { r in (0..<hidden).map { buffer.base[r * padded + $0] } }
      }
      return withExtendedLifetime((packed, blocks, state, next, cell, outputs, given)) {
        #expect(outputs.base[rows * hidden] == 7)
        let found = (0..<rows * hidden).map { outputs.base[$0] }
        // The states of the next step are those that go out.
        for r in 0..<rows {
          for j in 0..<hidden { given.base[r * padded + j] = found[r * hidden + j] }
          for j in hidden..<padded { given.base[r * padded + j] = 0 }
        }
        bringStates()
        #expect(memcmp(state.base, next.base, rows * padded * (int8 ? 1 : 4)) == 0)
        return (found, list(cell))
      }
    }
  }

  @Test(arguments: shapes) func theStepEqualsItsTwin(_ hidden: Int, _ rows: Int) {
    let step = Case(hidden, rows)
    let expected = step.naive(weight: step.weight.map { Double($0) }, h: step.h.map { Double($0) })
    let found = step.run(0..<rows, int8: false)
    for n in 0..<rows * hidden {
      #expect(abs(Double(found.outputs[n]) - expected.h[n]) < 1e-5)
      #expect(abs(Double(found.c[n]) - expected.c[n]) < 1e-5)
    }
  }

  /// The twin works with the same whole numbers, so that what is left is the rounding of floats.
  @Test(.enabled(if: ck_lstm_has_int8()), arguments: shapes)
  func theInt8StepEqualsItsTwin(_ hidden: Int, _ rows: Int) {
    let step = Case(hidden, rows)
    let unit = Float(ck_int8_largest_weight())
    let weight = (0..<4 * hidden).flatMap { n -> [Double] in
      let row = step.weight[n * hidden..<(n + 1) * hidden]
      let largest = row.reduce(Float(0)) { max($0, abs($1)) }
      return row.map {
        Double(($0 * (unit / largest)).rounded(.toNearestOrEven)) * Double(largest / unit)
      }
    }
    let h = step.h.map { Double(($0 * unit).rounded(.toNearestOrEven) / unit) }
    let expected = step.naive(weight: weight, h: h)
    let found = step.run(0..<rows, int8: true)
    for n in 0..<rows * hidden {
      #expect(abs(Double(found.outputs[n]) - expected.h[n]) < 1e-5)
      #expect(abs(Double(found.c[n]) - expected.c[n]) < 1e-5)
    }
  }

  @Test(arguments: ck_lstm_has_int8() ? [false, true] : [false])
  func aRowIsTheSameBitsAlone(int8: Bool) {
    let step = Case(33, 12)
    let together = step.run(0..<12, int8: int8)
    for r in 0..<12 {
      let alone = step.run(r..<r + 1, int8: int8)
      #expect(alone.outputs == Array(together.outputs[r * 33..<(r + 1) * 33]))
      #expect(alone.c == Array(together.c[r * 33..<(r + 1) * 33]))
    }
  }
}

import CKernels
import Kernels
import TestSupport
import Testing

@Suite struct LSTMCellTests {
  static let shapes = [(1, 1), (1, 17), (3, 5), (4, 16), (2, 33), (7, 100)]

  @Test(arguments: shapes) func theCellEqualsItsTwin(_ batch: Int, _ hidden: Int) {
    for scale in [0.2, 3, 30] {
      let run = forward(batch, hidden, scale: scale)
      for b in 0..<batch {
        for j in 0..<hidden {
          let (c, h) = twin(run.gates, run.cPrevious, b, j, hidden)
          let n = b * hidden + j
          #expect(abs(run.c[n] - c) < 1e-6 * max(1, abs(c)))
          #expect(abs(run.h[n] - h) < 1e-6)
        }
      }
    }
  }

  /// L = sum of h dh + c dc, differentiated along each gate and the former state.
  @Test(arguments: shapes) func theGradientsAreFiniteDifferences(_ batch: Int, _ hidden: Int) {
    let run = forward(batch, hidden, scale: 1.5)
    let (dH, dC) = (list(batch * hidden, 5), list(batch * hidden, 6))
    let (gates, dCell) = (buffer(run.activated), buffer(dC))
    ck_lstm_cell_backward(gates.base, run.cPrevious, run.c, dH, dCell.base, batch, hidden)
    let step: Float = 0.01
    for b in 0..<batch {
      for j in 0..<hidden {
        let n = b * hidden + j
        func loss(_ gate: Int?, _ change: Float) -> Double {
          var (gates, cPrevious) = (run.gates, run.cPrevious)
          if let gate {
            gates[4 * hidden * b + gate * hidden + j] += change
          } else {
            cPrevious[n] += change
          }
          let (c, h) = twin(gates, cPrevious, b, j, hidden)
          return Double(h) * Double(dH[n]) + Double(c) * Double(dC[n])
        }
        func slope(_ gate: Int?) -> Double {
          (loss(gate, step) - loss(gate, -step)) / (2 * Double(step))
        }
        for gate in 0..<4 {
          let found = Double(gates.base[4 * hidden * b + gate * hidden + j])
          #expect(abs(found - slope(gate)) < 2e-4)
        }
        #expect(abs(Double(dCell.base[n]) - slope(nil)) < 2e-4)
      }
    }
  }

  private struct Run {
    let gates: [Float]
    let activated: [Float]
    let cPrevious: [Float]
    let c: [Float]
    let h: [Float]
  }

  private func forward(_ batch: Int, _ hidden: Int, scale: Double) -> Run {
    let gates = list(4 * batch * hidden, 1, scale: scale)
    let cPrevious = list(batch * hidden, 2, scale: scale)
    let (memory, c, h) = (
      buffer(gates), FloatBuffer(count: batch * hidden), FloatBuffer(count: batch * hidden)
    )
    ck_lstm_cell(memory.base, cPrevious, c.base, h.base, batch, hidden)
    return Run(
      gates: gates, activated: memory.values, cPrevious: cPrevious, c: c.values,
      h: h.values)
  }

  private func twin(
    _ gates: [Float], _ cPrevious: [Float], _ b: Int, _ j: Int, _ hidden: Int
  ) -> (c: Float, h: Float) {
    let start = 4 * hidden * b + j
    return Naive.lstmCell(
      i: gates[start], f: gates[start + hidden], g: gates[start + 2 * hidden],
      o: gates[start + 3 * hidden], cPrevious: cPrevious[b * hidden + j])
  }
}

import CKernels
import Kernels
import TestSupport
import Testing

@Suite struct RowKernelTests {
  @Test(arguments: oddSizes.dropFirst()) func softmaxEqualsItsTwin(_ columns: Int) {
    for scale in [0.0, 1, 20, 80] {
      let stride = columns + 3
      let x = list(4 * stride, 1, scale: scale)
      let memory = buffer(x)
      softmax(Matrix(memory.base, rows: 4, columns: columns, stride: stride))
      for row in 0..<4 {
        let expected = Naive.softmax(Array(x[row * stride..<row * stride + columns]))
        let found = (0..<columns).map { memory.base[row * stride + $0] }
        #expect(distance(found, expected) < 1e-6)
        #expect(abs(found.reduce(0, +) - 1) < 1e-5)
        // Between the rows nothing is written.
        let gap = row * stride + columns..<(row + 1) * stride
        #expect(memory.values[gap] == x[gap])
      }
    }
  }

  @Test func softmaxOfHugeNumbersIsFinite() {
    let memory = buffer([1e30, -1e30, 0, 1e30])
    softmax(Matrix(memory.base, rows: 1, columns: 4))
    #expect(distance(memory.values, [0.5, 0, 0, 0.5]) < 1e-6)
  }

  @Test(arguments: oddSizes.dropFirst()) func layerNormEqualsItsTwin(_ columns: Int) {
    let rows = 3
    let x = list(rows * columns, 1, scale: 4).map { $0 + 2 }
    let (gamma, beta) = (list(columns, 2), list(columns, 3))
    let (memory, statistics) = (FloatBuffer(count: x.count), FloatBuffer(count: 2 * rows))
    ck_layer_norm(
      x, gamma, beta, 1e-5, memory.base, statistics.base, statistics.base + rows, rows, columns)
    for row in 0..<rows {
      let range = row * columns..<(row + 1) * columns
      let expected = Naive.layerNorm(Array(x[range]), gamma: gamma, beta: beta, epsilon: 1e-5)
      #expect(distance(Array(memory.values[range]), expected) < 5e-6)
      let mean = x[range].reduce(0) { $0 + Double($1) } / Double(columns)
      #expect(abs(Double(statistics.base[row]) - mean) < 1e-5)
    }
  }

  /// By the Jacobian: dn_i / dx_j = (delta_ij - 1/C - n_i n_j / C) / deviation, n the normalised row.
  @Test(arguments: [1, 2, 3, 7, 16, 17, 33, 100]) func layerNormBackward(_ columns: Int) {
    let rows = 2
    let (x, dY) = (list(rows * columns, 1, scale: 2), list(rows * columns, 4))
    let gamma = list(columns, 2)
    let zeros = [Float](repeating: 0, count: columns)
    let ones = [Float](repeating: 1, count: columns)
    let (y, statistics) = (FloatBuffer(count: x.count), FloatBuffer(count: 2 * rows))
    ck_layer_norm(
      x, gamma, zeros, 1e-5, y.base, statistics.base, statistics.base + rows, rows, columns)
    // In place on dY; dgamma and dbeta are added to what is there.
    let (dX, dGamma, dBeta) = (buffer(dY), buffer(ones), buffer(ones))
    ck_layer_norm_backward(
      x, gamma, statistics.base, statistics.base + rows, dX.base, dX.base, dGamma.base, dBeta.base,
      rows, columns)
    var (expectedGamma, expectedBeta) = (ones, ones)
    for row in 0..<rows {
      let range = row * columns..<(row + 1) * columns
      let n = Naive.layerNorm(Array(x[range]), gamma: ones, beta: zeros, epsilon: 1e-5)
      let d = zip(dY[range], gamma).map { Double($0 * $1) }
      let reciprocal = Double(statistics.base[rows + row])
      let expected = (0..<columns).map { j in
        let sum = (0..<columns).reduce(0.0) { sum, i in
          let kronecker = i == j ? 1.0 : 0
          return sum + d[i] * (kronecker - (1 + Double(n[i]) * Double(n[j])) / Double(columns))
        }
        return Float(sum * reciprocal)
      }
      #expect(distance(Array(dX.values[range]), expected) < 2e-5)
      for (column, element) in range.enumerated() {
        expectedGamma[column] += dY[element] * n[column]
        expectedBeta[column] += dY[element]
      }
    }
    #expect(distance(dGamma.values, expectedGamma) < 1e-5)
    #expect(distance(dBeta.values, expectedBeta) < 1e-6)
    withExtendedLifetime((y, statistics)) {}
  }
}

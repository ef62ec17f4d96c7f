import CKernels
import Glibc
import Kernels
import TestSupport
import Testing

@Suite struct ElementwiseTests {
  @Test(arguments: oddSizes) func sumsAndScales(_ count: Int) {
    let (x, y) = (list(count, 1, scale: 3), list(count, 2, scale: 3))
    func result(_ body: (UnsafeMutablePointer<Float>) -> Void) -> [Float] {
      var result = y
      result.withUnsafeMutableBufferPointer { if let base = $0.baseAddress { body(base) } }
      return result
    }
    #expect(result { add(x, to: $0, count: count) } == zip(x, y).map { $0 + $1 })
    #expect(result { scale($0, by: 0.3, count: count) } == y.map { 0.3 * $0 })
    let scaled = result { add(-1.5, times: x, to: $0, count: count) }
    #expect(distance(scaled, zip(x, y).map { $1 - 1.5 * $0 }) < 1e-6)
    let squares = x.reduce(0) { $0 + Double($1) * Double($1) }
    #expect(abs(sumOfSquares(x, count: count) - squares) <= 1e-12 * squares)
  }

  @Test func sumOfSquaresOverflowsLate() {
    #expect(abs(sumOfSquares([Float](repeating: 1e30, count: 33), count: 33) - 3.3e61) < 1e55)
  }

  @Test(arguments: oddSizes) func reluKeepsWhatIsPositive(_ count: Int) {
    let x = list(count, 1, scale: 3)
    let memory = buffer(x)
    relu(Matrix(memory.base, rows: 1, columns: count))
    #expect(memory.values == x.map { max($0, 0) })
  }

  @Test(arguments: oddSizes) func geluAndItsDerivative(_ count: Int) {
    let x = list(count, 1, scale: 9)
    let dY = list(count, 2)
    let values = buffer(x)
    gelu(matrix(values), into: matrix(values))
    #expect(distance(values.values, x.map(Naive.gelu)) < 1e-6)
    let (points, gradient) = (buffer(x), buffer(dY))
    geluBackward(matrix(points), dY: matrix(gradient), into: matrix(gradient))
    let expected = zip(x, dY).map { Naive.geluDerivative($0) * $1 }
    #expect(distance(gradient.values, expected) < 2e-6)
  }

  @Test(arguments: oddSizes) func reluBackwardPassesWhatIsPositive(_ count: Int) {
    let (x, dY) = (list(count, 1, scale: 3), list(count, 2))
    let (points, gradient) = (buffer(x), buffer(dY))
    reluBackward(matrix(points), dY: matrix(gradient), into: matrix(gradient))
    #expect(gradient.values == zip(x, dY).map { $0 > 0 ? $1 : 0 })
  }

  @Test func geluTanhOverItsWholeRange() {
    let x = (-20_000...20_000).map { Float($0) / 1000 } + [-1e30, -100, 100, 1e30, 1e-30, 0, -0.0]
    let (points, values) = (buffer(x), FloatBuffer(count: x.count))
    geluTanh(matrix(points), into: matrix(values))
    #expect(distance(values.values, x.map(Naive.geluTanh)) < 1e-6)
    let slopes = buffer([Float](repeating: 1, count: x.count))
    geluTanhBackward(matrix(points), dY: matrix(slopes), into: matrix(slopes))
    #expect(distance(slopes.values, x.map(Naive.geluTanhDerivative)) < 4e-6)
  }

  @Test func tanhOverItsWholeRange() {
    let x = (-20_000...20_000).map { Float($0) / 1000 } + [-1e30, -100, 100, 1e30, 1e-30, 0, -0.0]
    let (points, values) = (buffer(x), FloatBuffer(count: x.count))
    tanh(matrix(points), into: matrix(values))
    #expect(distance(values.values, x.map(Naive.tanh)) < 3e-7)
    let slopes = buffer([Float](repeating: 1, count: x.count))
    tanhBackward(matrix(points), dY: matrix(slopes), into: matrix(slopes))
    #expect(distance(slopes.values, x.map(Naive.tanhDerivative)) < 1e-6)
  }

  @Test func geluOverItsWholeRange() {
    let x = (-20_000...20_000).map { Float($0) / 1000 } + [-1e30, -100, 100, 1e30, 1e-30, 0, -0.0]
    let (points, values) = (buffer(x), FloatBuffer(count: x.count))
    gelu(matrix(points), into: matrix(values))
    #expect(distance(values.values, x.map(Naive.gelu)) < 1e-6)
    let slopes = buffer([Float](repeating: 1, count: x.count))
    geluBackward(matrix(points), dY: matrix(slopes), into: matrix(slopes))
    #expect(distance(slopes.values, x.map(Naive.geluDerivative)) < 2e-6)
  }

  @Test(arguments: [(0, 3), (1, 1), (1, 17), (5, 7), (33, 16), (8, 65), (64, 300)])
  func biasesAndColumnSums(_ rows: Int, _ columns: Int) {
    let (x, bias) = (list(rows * columns, 1), list(columns, 2))
    let (memory, sums) = (buffer(x), buffer(bias))
    let matrix = Matrix(memory.base, rows: rows, columns: columns)
    addColumnSums(of: matrix, to: sums.base)
    let expected = (0..<columns).map { c in
      (0..<rows).reduce(bias[c]) { $0 + x[$1 * columns + c] }
    }
    #expect(distance(sums.values, expected) < 1e-6)
    bias.withUnsafeBufferPointer { if let base = $0.baseAddress { addBias(base, to: matrix) } }
    #expect(memory.values == x.indices.map { x[$0] + bias[$0 % columns] })
  }

  private func matrix(_ buffer: FloatBuffer) -> Matrix {
    Matrix(buffer.base, rows: 1, columns: buffer.count)
  }
}

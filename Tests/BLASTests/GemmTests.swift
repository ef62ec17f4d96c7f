import BLAS
import Kernels
import TestSupport
import Testing

@Suite struct GemmTests {
  struct Shape: Sendable {
    let (m, n, k): (Int, Int, Int)
    init(_ m: Int, _ n: Int, _ k: Int) { (self.m, self.n, self.k) = (m, n, k) }
  }

  static let shapes = [
    Shape(1, 1, 1), Shape(1, 7, 3), Shape(5, 1, 9), Shape(3, 4, 1), Shape(17, 33, 65),
    Shape(64, 12, 31), Shape(2, 100, 5), Shape(0, 3, 4), Shape(3, 0, 4), Shape(3, 4, 0),
  ]

  @Test(arguments: shapes, [0, 5])
  func theProductEqualsItsTwin(_ shape: Shape, _ gap: Int) {
    for transposeA in [Transposition.none, .transposed] {
      for transposeB in [Transposition.none, .transposed] {
        for (alpha, beta) in [(Float(1), Float(0)), (1, 1), (-0.5, 0.25)] {
          let a = transposeA == .none ? (shape.m, shape.k) : (shape.k, shape.m)
          let b = transposeB == .none ? (shape.k, shape.n) : (shape.n, shape.k)
          let memory = [a, b, (shape.m, shape.n), (shape.m, shape.n)].map { rows, columns in
            buffer(list(rows * (columns + gap), Double(rows + columns)))
          }
          func view(_ index: Int, _ size: (Int, Int)) -> Matrix {
            Matrix(memory[index].base, rows: size.0, columns: size.1, stride: size.1 + gap)
          }
          gemm(
            view(0, a), transposeA, view(1, b), transposeB, into: view(2, (shape.m, shape.n)),
            alpha: alpha, beta: beta)
          naiveGemm(
            view(0, a), transposeA, view(1, b), transposeB, into: view(3, (shape.m, shape.n)),
            alpha: alpha, beta: beta)
          // The gaps between rows are compared too: they must be left alone.
          #expect(
            distance(memory[2].values, memory[3].values) < 1e-7 * Float(shape.k + 10),
            "\(shape) \(transposeA) \(transposeB) \(alpha) \(beta)")
        }
      }
    }
  }

  @Test func whatCHeldIsNotReadWithoutBeta() {
    let memory = buffer([Float](repeating: .nan, count: 4))
    let (a, b) = (buffer(list(6, 1)), buffer(list(6, 2)))
    let c = Matrix(memory.base, rows: 2, columns: 2)
    gemm(
      Matrix(a.base, rows: 2, columns: 3), .none, Matrix(b.base, rows: 3, columns: 2), .none,
      into: c)
    #expect(memory.values.allSatisfy { $0.isFinite })
    withExtendedLifetime((a, b)) {}
  }
}

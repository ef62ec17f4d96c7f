import BLAS
import Kernels
import TestSupport
import Testing

/// Products with a matrix that was put in order once, against the naive product.
@Suite struct PackedMatrixTests {
  @Test(arguments: [(1, 1, 1), (3, 5, 7), (8, 200, 800), (5, 800, 200), (9, 34, 33), (17, 4, 64)])
  func addsTheNaiveProduct(_ rows: Int, _ inner: Int, _ columns: Int) {
    check(rows, inner, columns)
  }

  /// Whole and partial tiles of rows, panels of 32 columns and halves of them.
  @Test(arguments: 1...19) func everyRestOfATileIsComputed(_ rows: Int) {
    for columns in [1, 15, 16, 17, 31, 47, 48, 49, 96, 130] { check(rows, 3, columns) }
  }

  @Test func aRowIsTheSameBitsWhateverStandsBesideIt() {
    let (rows, inner, columns) = (13, 37, 75)
    let workspace = Workspace()
    let (x, w) = (buffer(list(rows * inner, 1)), buffer(list(inner * columns, 3)))
    let weight = PackedMatrix(
      Matrix(w.base, rows: columns, columns: inner), .transposed, workspace: workspace)
    func product(_ range: Range<Int>) -> [Float] {
      let y = FloatBuffer(count: range.count * columns)
      weight.addProduct(
        Matrix(x.base, rows: rows, columns: inner).rows(range),
        to: Matrix(y.base, rows: range.count, columns: columns))
      return y.values
    }
    let together = product(0..<rows)
    for range in (0..<rows).map({ $0..<$0 + 1 }) + [0..<2, 3..<8, 5..<12] {
      let isSame =
        product(range) == Array(together[range.lowerBound * columns..<range.upperBound * columns])
      #expect(isSame, "rows \(range)")
    }
    withExtendedLifetime((x, w, workspace)) {}
  }

  private func check(_ rows: Int, _ inner: Int, _ columns: Int) {
    let workspace = Workspace()
    let (x, y) = (buffer(list(rows * (inner + 3), 1)), list(rows * (columns + 2), 2))
    // Rows of X and Y lie a stride apart.
    let left = Matrix(x.base, rows: rows, columns: inner, stride: inner + 3)
    for transposition in [Transposition.none, .transposed] {
      let w = buffer(list(inner * columns, 3))
      let weight =
        transposition == .none
        ? Matrix(w.base, rows: inner, columns: columns)
        : Matrix(w.base, rows: columns, columns: inner)
      let (found, expected) = (buffer(y), buffer(y))
      let result = Matrix(found.base, rows: rows, columns: columns, stride: columns + 2)
      PackedMatrix(weight, transposition, workspace: workspace).addProduct(left, to: result)
      naiveGemm(
        left, .none, weight, transposition,
        into: Matrix(expected.base, rows: rows, columns: columns, stride: columns + 2), beta: 1)
      #expect(distance(found.values, expected.values) < 1e-4)
      withExtendedLifetime(w) {}
    }
    withExtendedLifetime((x, workspace)) {}
  }
}

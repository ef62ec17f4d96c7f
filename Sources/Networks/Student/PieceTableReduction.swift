import BLAS
import Kernels

/// Shrinks the teacher's piece table to the student's width by principal component analysis.
///
/// The table, centred, is projected onto the eigenvectors of its covariance with the largest eigenvalues, which for a
/// centred table are its right singular vectors; then all of it is scaled to one standard deviation.
public enum PieceTableReduction {
  /// Rows that are centred and multiplied at a time.
  private static let chunk = 1024

  /// Reduces a table.
  ///
  /// The sign of each component is such that the eigenvector's element of largest magnitude is
  /// positive, so that the result is the same wherever it is computed, up to rounding.
  ///
  /// - Parameters:
  ///   - table: The teacher's table, [V, D].
  ///   - reduced: [V, K] with K up to D, overwritten.
  ///   - standardDeviation: That of all elements of the result.
  public static func reduce(
    _ table: Matrix, into reduced: Matrix,
    standardDeviation: Float = StudentNetwork.pieceDeviation
  ) {
    precondition(
      reduced.rows == table.rows && reduced.columns <= table.columns,
      "\(table.rows) x \(table.columns) into \(reduced.rows) x \(reduced.columns)")
    guard reduced.count > 0 else { return }
    let mean = columnMeans(of: table)
    let components = components(
      of: covariance(of: table, mean: mean), width: table.columns, count: reduced.columns)
    withExtendedLifetime(components) {
      let vectors = Matrix(components.base, rows: reduced.columns, columns: table.columns)
      forEachChunk(of: table, mean: mean) { centred, rows in
        gemm(centred, .none, vectors, .transposed, into: reduced.rows(rows))
      }
    }
    scale(reduced, to: standardDeviation)
  }

  /// Whether a table holds no NaN and no infinity, which `reduce` requires.
  static func isFinite(_ table: Matrix) -> Bool {
    (0..<table.rows).allSatisfy { sumOfSquares(table.row($0), count: table.columns).isFinite }
  }

  private static func columnMeans(of table: Matrix) -> [Double] {
    var sums = [Double](repeating: 0, count: table.columns)
    for r in 0..<table.rows {
      let row = table.row(r)
      for c in 0..<table.columns { sums[c] += Double(row[c]) }
    }
    return sums.map { $0 / Double(table.rows) }
  }

  /// The sum of x x^T over the centred rows x, [D, D], in double precision from chunk to chunk.
  private static func covariance(of table: Matrix, mean: [Double]) -> [Double] {
    let width = table.columns
    let part = FloatBuffer(count: width * width)
    var sum = [Double](repeating: 0, count: width * width)
    withExtendedLifetime(part) {
      let product = Matrix(part.base, rows: width, columns: width)
      forEachChunk(of: table, mean: mean) { centred, _ in
        gemm(centred, .transposed, centred, .none, into: product)
        for i in sum.indices { sum[i] += Double(product.base[i]) }
      }
    }
    return sum
  }

  /// Calls `body` with some centred rows at a time and which they are.
  private static func forEachChunk(
    of table: Matrix, mean: [Double], _ body: (Matrix, Range<Int>) -> Void
  ) {
    let buffer = FloatBuffer(count: chunk * table.columns)
    defer { withExtendedLifetime(buffer) {} }
    for start in stride(from: 0, to: table.rows, by: chunk) {
      let range = start..<min(start + chunk, table.rows)
      let centred = Matrix(buffer.base, rows: range.count, columns: table.columns)
      for (r, source) in range.enumerated() {
        let (from, to) = (table.row(source), centred.row(r))
        for c in 0..<table.columns { to[c] = Float(Double(from[c]) - mean[c]) }
      }
      body(centred, range)
    }
  }

  /// The `count` eigenvectors of a symmetric matrix with the largest eigenvalues, largest first, [count, width].
  private static func components(
    of covariance: [Double], width: Int, count: Int
  ) -> FloatBuffer {
    let vectors = symmetricEigenvectors(covariance, size: width)
    let components = FloatBuffer(count: count * width)
    for component in 0..<count {
      let vector = vectors[component * width..<(component + 1) * width]
      let largest = vector.max { abs($0) < abs($1) } ?? 0
      let sign: Double = largest < 0 ? -1 : 1
      for (c, element) in vector.enumerated() {
        components.base[component * width + c] = Float(sign * element)
      }
    }
    return components
  }

  /// Scales a table whose mean is zero.
  private static func scale(_ table: Matrix, to deviation: Float) {
    let sum = (0..<table.rows).reduce(0.0) {
      $0 + sumOfSquares(table.row($1), count: table.columns)
    }
    guard sum > 0 else { return }
    let factor = Double(deviation) / (sum / Double(table.count)).squareRoot()
    for r in 0..<table.rows { Kernels.scale(table.row(r), by: Float(factor), count: table.columns) }
  }
}

import COpenBLAS

/// Whether a matrix enters a product as it stands or transposed.
public enum Transposition: Sendable {
  case none
  case transposed

  var blas: CBLAS_TRANSPOSE { self == .none ? CblasNoTrans : CblasTrans }
}

/// The general matrix product, C = alpha op(A) op(B) + beta C, by OpenBLAS on the calling thread.
///
/// - Parameters:
///   - a: M x K after its transposition.
///   - transposeA: How A enters.
///   - b: K x N after its transposition.
///   - transposeB: How B enters.
///   - c: M x N, read only if beta is not 0.
///   - alpha: The factor of the product.
///   - beta: The factor of what C held before.
public func gemm(
  _ a: Matrix, _ transposeA: Transposition, _ b: Matrix,
  _ transposeB: Transposition, into c: Matrix, alpha: Float = 1, beta: Float = 0
) {
  let (m, k) = transposeA == .none ? (a.rows, a.columns) : (a.columns, a.rows)
  let (inner, n) = transposeB == .none ? (b.rows, b.columns) : (b.columns, b.rows)
  precondition(
    k == inner && c.rows == m && c.columns == n,
    "gemm of \(m) x \(k) and \(inner) x \(n) into \(c.rows) x \(c.columns)")
  guard m > 0, n > 0 else { return }
  cblas_sgemm(
    CblasRowMajor, transposeA.blas, transposeB.blas, blasint(m), blasint(n), blasint(k), alpha,
    a.base, blasint(max(a.stride, 1)), b.base, blasint(max(b.stride, 1)), beta, c.base,
    blasint(max(c.stride, 1)))
}

/// The naive twin of `gemm`, which tests hold it to.
public func naiveGemm(
  _ a: Matrix, _ transposeA: Transposition, _ b: Matrix,
  _ transposeB: Transposition, into c: Matrix, alpha: Float = 1, beta: Float = 0
) {
  let inner = transposeA == .none ? a.columns : a.rows
  for i in 0..<c.rows {
    for j in 0..<c.columns {
      var sum = 0.0
      for k in 0..<inner {
        let x = transposeA == .none ? a[i, k] : a[k, i]
        let y = transposeB == .none ? b[k, j] : b[j, k]
        sum += Double(x) * Double(y)
      }
      c[i, j] = alpha * Float(sum) + (beta == 0 ? 0 : beta * c[i, j])
    }
  }
}

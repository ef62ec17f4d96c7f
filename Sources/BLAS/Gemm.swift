import Kernels

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
  let rowMajor: CInt = 101
  BLAS.loaded.sgemm(
    rowMajor, transposeA.cblas, transposeB.cblas, CInt(m), CInt(n), CInt(k), alpha, a.base,
    CInt(max(a.stride, 1)), b.base, CInt(max(b.stride, 1)), beta, c.base, CInt(max(c.stride, 1)))
}

extension Transposition {
  /// The constant that CBLAS has for it.
  fileprivate var cblas: CInt { self == .none ? 111 : 112 }
}

/// The eigenvectors of a symmetric matrix, by LAPACK's dsyev.
///
/// - Parameters:
///   - matrix: [n, n], row after row; only one triangle is read.
///   - size: n.
/// - Returns: n eigenvectors of length 1, one behind another, the largest eigenvalue's first; their
///   signs are arbitrary.
/// - Precondition: All elements are finite.
public func symmetricEigenvectors(_ matrix: [Double], size: Int) -> [Double] {
  precondition(matrix.count == size * size, "\(matrix.count) elements for \(size) x \(size)")
  var vectors = matrix
  var values = [Double](repeating: 0, count: size)
  var (order, stride, failure) = (Int32(size), Int32(max(size, 1)), Int32(0))
  // dsyev asks for 3 n - 1 and is faster with a block of columns more.
  var workSize = Int32(66 * max(size, 1))
  var work = [Double](repeating: 0, count: Int(workSize))
  BLAS.loaded.dsyev("V", "U", &order, &vectors, &stride, &values, &work, &workSize, &failure)
  precondition(failure == 0, "dsyev failed with \(failure)")
  // LAPACK gives columns in column-major order, which are our rows, the smallest eigenvalue's first.
  return (0..<size).reversed().flatMap { vectors[$0 * size..<($0 + 1) * size] }
}

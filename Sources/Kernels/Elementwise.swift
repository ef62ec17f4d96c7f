import CKernels
import Runtime

// Swift faces of the C kernels. Each has its naive twin in NaiveTwins.swift.

/// y += x, for `count` elements.
@inlinable
public func add(_ x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>, count: Int) {
  ck_add(x, y, count)
}

/// y += a x, for `count` elements.
@inlinable
public func add(
  _ a: Float, times x: UnsafePointer<Float>, to y: UnsafeMutablePointer<Float>, count: Int
) {
  ck_scaled_add(a, x, y, count)
}

/// x *= a, for `count` elements.
@inlinable
public func scale(_ x: UnsafeMutablePointer<Float>, by a: Float, count: Int) {
  ck_scale(a, x, count)
}

/// The sum of the squares of `count` elements, in double precision and a fixed order.
@inlinable
public func sumOfSquares(_ x: UnsafePointer<Float>, count: Int) -> Double {
  ck_sum_of_squares(x, count)
}

/// x[r, c] += bias[c].
@inlinable
public func addBias(_ bias: UnsafePointer<Float>, to x: Matrix) {
  precondition(x.isContiguous, "the rows of x must follow one another")
  ck_add_bias(x.base, bias, x.rows, x.columns)
}

/// sums[c] += the sum of column c of x.
@inlinable
public func addColumnSums(of x: Matrix, to sums: UnsafeMutablePointer<Float>) {
  precondition(x.isContiguous, "the rows of x must follow one another")
  ck_add_column_sums(x.base, sums, x.rows, x.columns)
}

/// y = GELU(x) = x Phi(x), Phi the distribution function of the standard normal distribution; y may be x.
///
/// Hendrycks and Gimpel 2016; the exact form, which BERT calls "gelu".
@inlinable
public func gelu(_ x: Matrix, into y: Matrix) {
  precondition(x.count == y.count && x.isContiguous && y.isContiguous, "shapes differ")
  ck_gelu(x.base, y.base, x.count)
}

/// dX = dY GELU'(x) = dY (Phi(x) + x phi(x)); dX may be dY or X.
@inlinable
public func geluBackward(_ x: Matrix, dY: Matrix, into dX: Matrix) {
  precondition(x.count == dY.count && x.isContiguous && dY.isContiguous, "shapes differ")
  ck_gelu_backward(x.base, dY.base, dX.base, x.count)
}

/// y = 0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))), the approximation of GELU that transformers calls "gelu_new"; y
/// may be x.
@inlinable
public func geluTanh(_ x: Matrix, into y: Matrix) {
  precondition(x.count == y.count && x.isContiguous && y.isContiguous, "shapes differ")
  ck_gelu_tanh(x.base, y.base, x.count)
}

/// dX = dY times the derivative of `geluTanh` at x; dX may be dY or X.
@inlinable
public func geluTanhBackward(_ x: Matrix, dY: Matrix, into dX: Matrix) {
  precondition(x.count == dY.count && x.isContiguous && dY.isContiguous, "shapes differ")
  ck_gelu_tanh_backward(x.base, dY.base, dX.base, x.count)
}

/// y = tanh(x); y may be x.
@inlinable
public func tanh(_ x: Matrix, into y: Matrix) {
  precondition(x.count == y.count && x.isContiguous && y.isContiguous, "shapes differ")
  ck_tanh(x.base, y.base, x.count)
}

/// dX = dY (1 - tanh(x)^2); dX may be dY or X.
@inlinable
public func tanhBackward(_ x: Matrix, dY: Matrix, into dX: Matrix) {
  precondition(x.count == dY.count && x.isContiguous && dY.isContiguous, "shapes differ")
  ck_tanh_backward(x.base, dY.base, dX.base, x.count)
}

/// x = max(x, 0), in place.
@inlinable
public func relu(_ x: Matrix) {
  precondition(x.isContiguous, "the rows of x must follow one another")
  ck_relu(x.base, x.count)
}

/// dX = dY where x > 0, else 0; dX may be dY or X.
@inlinable
public func reluBackward(_ x: Matrix, dY: Matrix, into dX: Matrix) {
  precondition(x.count == dY.count && x.isContiguous && dY.isContiguous, "shapes differ")
  ck_relu_backward(x.base, dY.base, dX.base, x.count)
}

/// Inverted dropout in place: an element becomes 0 with probability p, else it is divided by 1 - p.
///
/// Which elements fall is a hash of the key and the element's position, so the backward pass is the same call on the
/// gradient. Srivastava et al. 2014.
@inlinable
public func dropout(_ x: Matrix, probability p: Float, key: UInt64) {
  precondition(x.isContiguous, "the rows of x must follow one another")
  precondition(p >= 0 && p < 1, "probability \(p)")
  ck_dropout(x.base, x.count, p, key)
}

/// Each row becomes its softmax, in place.
@inlinable
public func softmax(_ x: Matrix) {
  guard x.columns > 0 else { return }
  ck_softmax(x.base, x.rows, x.columns, x.stride)
}

/// A key for `dropout`, different for every combination of seed, step, shard and place.
@inlinable
public func dropoutKey(seed: UInt64, step: Int, shard: Int, place: Int) -> UInt64 {
  var stream = RandomStream(
    seed: seed, purpose: .dropout,
    index: UInt64(truncatingIfNeeded: step) &* 0x1_0000_0000
      &+ UInt64(truncatingIfNeeded: shard) &* 0x1_0000 &+ UInt64(truncatingIfNeeded: place))
  return stream.next()
}

import CKernels
import Glibc

/// The fast kernels once more, written for the eye; tests hold the fast ones to these.
public enum Naive {
  /// The twin of `gelu`, in double precision.
  public static func gelu(_ x: Float) -> Float {
    let x = Double(x)
    return Float(0.5 * x * (1 + erf(x / 2.0.squareRoot())))
  }

  /// The derivative of GELU, in double precision.
  public static func geluDerivative(_ x: Float) -> Float {
    let x = Double(x)
    let density = exp(-0.5 * x * x) / (2 * Double.pi).squareRoot()
    return Float(0.5 * (1 + erf(x / 2.0.squareRoot())) + x * density)
  }

  /// The twin of `geluTanh`, in double precision.
  public static func geluTanh(_ x: Float) -> Float {
    let x = Double(x)
    return Float(
      0.5 * x * (1 + Glibc.tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x))))
  }

  /// The derivative of `geluTanh`, in double precision.
  public static func geluTanhDerivative(_ x: Float) -> Float {
    let x = Double(x)
    let root = (2 / Double.pi).squareRoot()
    let t = Glibc.tanh(root * (x + 0.044715 * x * x * x))
    // Far out the factor 1 - t^2 is 0 and the slope infinite.
    let inner = abs(t) == 1 ? 0 : x * (1 - t * t) * root * (1 + 3 * 0.044715 * x * x)
    return Float(0.5 * (1 + t) + 0.5 * inner)
  }

  /// The twin of `tanh`, in double precision.
  public static func tanh(_ x: Float) -> Float { Float(Glibc.tanh(Double(x))) }

  /// The derivative of tanh, in double precision.
  public static func tanhDerivative(_ x: Float) -> Float {
    let y = Glibc.tanh(Double(x))
    return Float(1 - y * y)
  }

  /// The twin of `softmax` for one row, in double precision.
  public static func softmax(_ x: [Float]) -> [Float] {
    let largest = x.max() ?? 0
    let exponentials = x.map { exp(Double($0 - largest)) }
    let sum = exponentials.reduce(0, +)
    return exponentials.map { Float($0 / sum) }
  }

  /// The twin of the LSTM cell for one unit: gates i, f, g, o before their activations; gives the new (c, h).
  public static func lstmCell(
    i: Float, f: Float, g: Float, o: Float, cPrevious: Float
  ) -> (c: Float, h: Float) {
    func sigmoid(_ x: Float) -> Double { 1 / (1 + exp(-Double(x))) }
    let c = sigmoid(f) * Double(cPrevious) + sigmoid(i) * Glibc.tanh(Double(g))
    return (Float(c), Float(sigmoid(o) * Glibc.tanh(c)))
  }

  /// The twin of layer normalisation for one row, in double precision.
  public static func layerNorm(
    _ x: [Float], gamma: [Float], beta: [Float], epsilon: Double
  ) -> [Float] {
    let mean = x.reduce(0) { $0 + Double($1) } / Double(x.count)
    let variance = x.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(x.count)
    let deviation = (variance + epsilon).squareRoot()
    return x.indices.map { index in
      Float(Double(gamma[index]) * (Double(x[index]) - mean) / deviation + Double(beta[index]))
    }
  }

  /// The twin of attention for one head of one sentence: softmax(scale q k^T + b) v; q, k, v are T rows of d.
  ///
  /// - Parameters:
  ///   - q: The queries, [T, d].
  ///   - k: The keys, [T, d].
  ///   - v: The values, [T, d].
  ///   - scale: The factor of the products.
  ///   - bias: What is added to the score of a key at a distance from its query, from -(T - 1) to T - 1.
  /// - Returns: The context, [T, d].
  public static func attention(
    q: [[Float]], k: [[Float]], v: [[Float]], scale: Float, bias: (Int) -> Float = { _ in 0 }
  ) -> [[Float]] {
    q.enumerated().map { i, query in
      let scores = k.enumerated().map { j, key in
        scale * zip(query, key).reduce(Float(0)) { $0 + $1.0 * $1.1 } + bias(j - i)
      }
      let weights = softmax(scores)
      return (0..<(v.first?.count ?? 0)).map { column in
        zip(weights, v).reduce(Float(0)) { $0 + $1.0 * $1.1[column] }
      }
    }
  }

  /// The twin of one number of `PackedProduct`: the product of a row x and an output's weights w, plus its bias.
  public static func product(
    _ x: [Float], _ w: [Float], bias: Float, precision: Precision
  ) -> Float {
    switch precision {
    case .fp32: return Float(zip(x, w).reduce(Double(bias)) { $0 + Double($1.0) * Double($1.1) })
    case .bf16:
      let rounded = zip(x.map(bfloat16), w.map(bfloat16))
      return Float(rounded.reduce(Double(bias)) { $0 + Double($1.0) * Double($1.1) })
    case .int8:
      let (low, high) = (min(x.min() ?? 0, 0), max(x.max() ?? 0, 0))
      let largest = w.reduce(Float(0)) { max($0, abs($1)) }
      guard high > low, largest > 0 else { return bias }
      let (top, unit) = (ck_int8_largest_value(), Float(ck_int8_largest_weight()))
      let inverse = Float(top) / (high - low)
      let zero = Int((-low * inverse).rounded(.toNearestOrEven))
      let sum = zip(x, w).reduce(0) { sum, pair in
        let q = Int((pair.0 * inverse).rounded(.toNearestOrEven)) + zero
        let weight = Int((pair.1 * (unit / largest)).rounded(.toNearestOrEven))
        return sum + (min(max(q, 0), Int(top)) - zero) * weight
      }
      return Float(
        Double(sum) * Double((high - low) / Float(top)) * Double(largest / unit) + Double(bias))
    }
  }

  /// The nearest bfloat16, of two equally near the even one.
  private static func bfloat16(_ x: Float) -> Float {
    let bits = x.bitPattern
    return Float(bitPattern: (bits &+ 0x7FFF &+ (bits >> 16 & 1)) & 0xFFFF_0000)
  }

  /// The twin of one AdamW step for one parameter; updates the moments.
  public static func adamW(
    w: Double, g: Double, m: inout Double, v: inout Double, step: Int, learningRate: Double,
    beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8, decay: Double
  ) -> Double {
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g * g
    let mean = m / (1 - pow(beta1, Double(step)))
    let deviation = (v / (1 - pow(beta2, Double(step)))).squareRoot()
    return w * (1 - learningRate * decay) - learningRate * mean / (deviation + epsilon)
  }

  /// The twin of one AdaDelta step for one parameter; updates the running means of squared gradient and squared step.
  public static func adaDelta(
    w: Double, g: Double, v: inout Double, u: inout Double, learningRate: Double,
    rho: Double = 0.95, epsilon: Double = 1e-6
  ) -> Double {
    v = rho * v + (1 - rho) * g * g
    let step = ((u + epsilon) / (v + epsilon)).squareRoot() * g
    u = rho * u + (1 - rho) * step * step
    return w - learningRate * step
  }
}

/// The naive twin of `gemm` in the module BLAS, which tests hold that to.
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

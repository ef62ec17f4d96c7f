import Kernels

/// The function after a linear layer: between the two of a feed-forward part, and before a classifier of texts.
public enum Activation: Sendable {
  /// x Phi(x), with the exact normal distribution function.
  case gelu
  /// GELU by the tanh approximation.
  case geluTanh
  /// max(x, 0).
  case relu
  /// The hyperbolic tangent.
  case tanh

  /// Y = f(X), element by element; Y may be X.
  public func forward(_ x: Matrix, into y: Matrix) {
    switch self {
    case .gelu: Kernels.gelu(x, into: y)
    case .geluTanh: Kernels.geluTanh(x, into: y)
    case .relu:
      if y.base != x.base { y.copy(from: x) }
      Kernels.relu(y)
    case .tanh: Kernels.tanh(x, into: y)
    }
  }

  /// dX = dY f'(X); dX may be dY or X.
  public func backward(_ x: Matrix, dY: Matrix, into dX: Matrix) {
    switch self {
    case .gelu: geluBackward(x, dY: dY, into: dX)
    case .geluTanh: geluTanhBackward(x, dY: dY, into: dX)
    case .relu: reluBackward(x, dY: dY, into: dX)
    case .tanh: tanhBackward(x, dY: dY, into: dX)
    }
  }
}

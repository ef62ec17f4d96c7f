import CKernels
import Kernels

/// Layer normalisation of rows, y = gamma (x - mean) / sqrt(variance + epsilon) + beta.
///
/// Ba, Kiros and Hinton 2016.
public struct LayerNorm: Sendable {
  /// gamma, [H].
  public let weight: ParameterSlice
  /// beta, [H].
  public let bias: ParameterSlice
  /// epsilon, added to the variance.
  public let epsilon: Float

  /// What the backward pass needs, one number a row each.
  public struct Statistics: @unchecked Sendable {
    let mean: UnsafeMutablePointer<Float>
    let reciprocalDeviation: UnsafeMutablePointer<Float>

    /// Takes room for `rows` rows.
    public init(rows: Int, workspace: Workspace) {
      mean = workspace.floats(rows)
      reciprocalDeviation = workspace.floats(rows)
    }
  }

  /// Adds `NAME.weight` and `NAME.bias` to a layout.
  public init(into layout: inout ParameterLayout, name: String, size: Int, epsilon: Float) {
    weight = layout.add("\(name).weight", size)
    bias = layout.add("\(name).bias", size)
    self.epsilon = epsilon
  }

  /// Y = LayerNorm(X), [N, H]; Y must not overlap X.
  public func forward(
    _ x: Matrix, into y: Matrix, statistics: Statistics, parameters: UnsafeMutablePointer<Float>
  ) {
    precondition(x.isContiguous && y.isContiguous && x.count == y.count, "shapes differ")
    ck_layer_norm(
      x.base, weight.pointer(in: parameters), bias.pointer(in: parameters), epsilon, y.base,
      statistics.mean, statistics.reciprocalDeviation, x.rows, x.columns)
  }

  /// dX from dY, [N, H], which may be the same memory; dgamma and dbeta are accumulated.
  ///
  /// With n = (x - mean) / deviation and d = gamma dy: dx = (d - mean(d) - n mean(d n)) / deviation.
  public func backward(
    _ x: Matrix, dY: Matrix, into dX: Matrix, statistics: Statistics,
    parameters: UnsafeMutablePointer<Float>, gradients: UnsafeMutablePointer<Float>
  ) {
    precondition(x.isContiguous && dY.isContiguous && x.count == dY.count, "shapes differ")
    ck_layer_norm_backward(
      x.base, weight.pointer(in: parameters), statistics.mean, statistics.reciprocalDeviation,
      dY.base, dX.base, weight.pointer(in: gradients), bias.pointer(in: gradients), x.rows,
      x.columns)
  }
}

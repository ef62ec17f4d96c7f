import BLAS
import Kernels

/// An affine map of rows, Y = X W^T + b, with W [O, I] and b [O] as in `torch.nn.Linear`.
public struct Linear: Sendable {
  /// W, [O, I].
  public let weight: ParameterSlice
  /// b, [O].
  public let bias: ParameterSlice

  /// Takes W, [O, I], and b, [O], of a layout.
  public init(weight: ParameterSlice, bias: ParameterSlice) {
    precondition(weight.shape[0] == bias.count, "\(weight.shape) and \(bias.shape)")
    self.weight = weight
    self.bias = bias
  }

  /// Adds `NAME.weight` and `NAME.bias` to a layout.
  public init(into layout: inout ParameterLayout, name: String, inputs: Int, outputs: Int) {
    weight = layout.add("\(name).weight", outputs, inputs)
    bias = layout.add("\(name).bias", outputs)
  }

  /// Y = X W^T + b.
  ///
  /// - Parameters:
  ///   - x: X, [N, I].
  ///   - y: Y, [N, O], overwritten.
  ///   - parameters: The model's parameters.
  public func forward(_ x: Matrix, into y: Matrix, parameters: UnsafeMutablePointer<Float>) {
    gemm(x, .none, weight.matrix(in: parameters), .transposed, into: y)
    addBias(bias.pointer(in: parameters), to: y)
  }

  /// dW += dY^T X, db += the column sums of dY, dX = dY W.
  ///
  /// - Parameters:
  ///   - x: X, [N, I].
  ///   - dY: dL/dY, [N, O].
  ///   - dX: dL/dX, [N, I], overwritten; nil where it is not needed.
  ///   - accumulatesIntoDX: Whether dX is added to what the matrix holds.
  ///   - parameters: The model's parameters.
  ///   - gradients: The gradient buffer, accumulated into.
  ///   - deferred: Where dW is put off to; nil to compute it at once.
  public func backward(
    _ x: Matrix, dY: Matrix, into dX: Matrix?, accumulatesIntoDX: Bool = false,
    parameters: UnsafeMutablePointer<Float>, gradients: UnsafeMutablePointer<Float>,
    deferred: WeightProducts? = nil
  ) {
    WeightProducts.add(dY, x, of: weight, to: gradients, deferred: deferred)
    addColumnSums(of: dY, to: bias.pointer(in: gradients))
    if let dX {
      gemm(
        dY, .none, weight.matrix(in: parameters), .none, into: dX, beta: accumulatesIntoDX ? 1 : 0)
    }
  }
}

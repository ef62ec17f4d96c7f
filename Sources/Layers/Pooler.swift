import Kernels

/// The layer between a text's first piece and the classifier of the text, Y = f(X W^T + b), f being tanh or another activation.
///
/// BERT calls it the pooler (Devlin and others 2019), DistilBERT the pre-classifier.
public struct Pooler: Sendable {
  /// W [H, H] and b [H].
  public let dense: Linear
  let activation: Activation

  /// What the backward pass needs.
  public struct Activations: Sendable {
    /// X W^T + b, [R, H].
    let linear: Matrix
    /// Y, [R, H]; the same memory where no backward pass is needed.
    public let output: Matrix
  }

  /// Adds `NAME.weight` and `NAME.bias` to a layout.
  public init(into layout: inout ParameterLayout, name: String, size: Int, activation: Activation) {
    dense = Linear(into: &layout, name: name, inputs: size, outputs: size)
    self.activation = activation
  }

  /// Takes room for R rows.
  public func activations(rows: Int, training: Bool, workspace: Workspace) -> Activations {
    let linear = workspace.matrix(rows, dense.bias.count)
    return Activations(
      linear: linear, output: training ? workspace.matrix(rows, dense.bias.count) : linear)
  }

  /// Y = f(A) (2) with A = X W^T + b (1).
  ///
  /// - Parameters:
  ///   - x: X, [R, H].
  ///   - activations: Overwritten; Y is their `output`.
  ///   - parameters: The model's parameters.
  public func forward(
    _ x: Matrix, activations: Activations, parameters: UnsafeMutablePointer<Float>
  ) {
    dense.forward(x, into: activations.linear, parameters: parameters)
    activation.forward(activations.linear, into: activations.output)
  }

  /// dA = dY f'(A), of 2; then dW += dA^T X, db += the column sums of dA and dX = dA W, of 1.
  ///
  /// - Parameters:
  ///   - x: X, [R, H].
  ///   - dY: dL/dY, [R, H].
  ///   - dX: dL/dX, [R, H], overwritten.
  ///   - activations: Those of the forward pass; they serve once, as dA takes the place of A.
  ///   - parameters: The model's parameters.
  ///   - gradients: The gradient buffer, accumulated into.
  ///   - deferred: Where dW is put off to; nil to compute it at once.
  public func backward(
    _ x: Matrix, dY: Matrix, into dX: Matrix, activations: Activations,
    parameters: UnsafeMutablePointer<Float>, gradients: UnsafeMutablePointer<Float>,
    deferred: WeightProducts? = nil
  ) {
    let dLinear = activations.linear
    activation.backward(activations.linear, dY: dY, into: dLinear)
    dense.backward(
      x, dY: dLinear, into: dX, parameters: parameters, gradients: gradients, deferred: deferred)
  }
}

import Kernels

/// The two-layer feed-forward part of a transformer layer, Y = f(X W1^T + b1) W2^T + b2, f being GELU or another activation.
public struct FeedForward: Sendable {
  /// W1 [F, H] and b1 [F].
  public let intermediate: Linear
  /// W2 [H, F] and b2 [H].
  public let output: Linear
  private let width: Int
  let activation: Activation

  /// What the backward pass needs.
  public struct Activations: Sendable {
    /// X W1^T + b1, [N, F].
    let linear: Matrix
    /// f of it, [N, F]; the same memory where no backward pass is needed.
    let activated: Matrix
  }

  /// Adds the two linear layers, whose names begin with `NAME.`, to a layout.
  public init(
    into layout: inout ParameterLayout, name: String, hidden: Int, intermediate: Int,
    activation: Activation = .gelu, names: TransformerNames = .bert
  ) {
    width = intermediate
    self.activation = activation
    self.intermediate = Linear(
      into: &layout, name: "\(name).\(names.intermediate)", inputs: hidden, outputs: intermediate)
    output = Linear(
      into: &layout, name: "\(name).\(names.output)", inputs: intermediate, outputs: hidden)
  }

  /// Takes room for N rows.
  public func activations(rows: Int, training: Bool, workspace: Workspace) -> Activations {
    let linear = workspace.matrix(rows, width)
    return Activations(
      linear: linear, activated: training ? workspace.matrix(rows, width) : linear)
  }

  /// Y = f(X W1^T + b1) W2^T + b2, [N, H].
  public func forward(
    _ x: Matrix, into y: Matrix, activations: Activations, parameters: UnsafeMutablePointer<Float>
  ) {
    intermediate.forward(x, into: activations.linear, parameters: parameters)
    activation.forward(activations.linear, into: activations.activated)
    output.forward(activations.activated, into: y, parameters: parameters)
  }

  /// dX += the gradient through both layers, from dY, [N, H]; the activations are overwritten, so that they serve once.
  public func backward(
    _ x: Matrix, dY: Matrix, accumulatingInto dX: Matrix, activations: Activations,
    parameters: UnsafeMutablePointer<Float>, gradients: UnsafeMutablePointer<Float>,
    workspace: Workspace, deferred: WeightProducts? = nil
  ) {
    let dHidden = activations.linear
    workspace.withMatrix(x.rows, width) { dActivated in
      output.backward(
        activations.activated, dY: dY, into: dActivated, parameters: parameters,
        gradients: gradients, deferred: deferred)
      activation.backward(activations.linear, dY: dActivated, into: dHidden)
    }
    intermediate.backward(
      x, dY: dHidden, into: dX, accumulatesIntoDX: true, parameters: parameters,
      gradients: gradients, deferred: deferred)
  }
}

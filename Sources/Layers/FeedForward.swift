import Kernels

/// Two linear layers with a function between them, Y = f(X W1^T + b1) W2^T + b2: the feed-forward part of a transformer layer,
/// where f is GELU, or the head of a student that labels texts, where it is ReLU.
public struct FeedForward: Sendable {
  /// W1 [F, H] and b1 [F], H being the width of X and F that between the layers.
  public let intermediate: Linear
  /// W2 [O, F] and b2 [O], O being the width of Y, which is H in a transformer layer.
  public let output: Linear
  private var width: Int { intermediate.bias.count }
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
    self.activation = activation
    self.intermediate = Linear(
      into: &layout, name: "\(name).\(names.intermediate)", inputs: hidden, outputs: intermediate)
    output = Linear(
      into: &layout, name: "\(name).\(names.output)", inputs: intermediate, outputs: hidden)
  }

  /// Joins two layers of a layout.
  public init(intermediate: Linear, output: Linear, activation: Activation) {
    precondition(
      output.weight.shape[1] == intermediate.bias.count,
      "\(intermediate.weight.shape) and \(output.weight.shape)")
    self.intermediate = intermediate
    self.output = output
    self.activation = activation
  }

  /// Takes room for N rows.
  public func activations(rows: Int, training: Bool, workspace: Workspace) -> Activations {
    let linear = workspace.matrix(rows, width)
    return Activations(
      linear: linear, activated: training ? workspace.matrix(rows, width) : linear)
  }

  /// Y = f(X W1^T + b1) W2^T + b2, [N, O].
  public func forward(
    _ x: Matrix, into y: Matrix, activations: Activations, parameters: UnsafeMutablePointer<Float>
  ) {
    intermediate.forward(x, into: activations.linear, parameters: parameters)
    activation.forward(activations.linear, into: activations.activated)
    output.forward(activations.activated, into: y, parameters: parameters)
  }

  /// dX += the gradient through both layers, from dY, [N, O]; the activations are overwritten, so that they serve once.
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

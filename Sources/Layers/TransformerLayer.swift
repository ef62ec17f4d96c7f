import Kernels

/// One layer of BERT's encoder (Devlin et al. 2019), normalised after each residual sum:
///
///     (1) A = dropout(attention(X))      (2) U = LayerNorm(A + X)
///     (3) F = dropout(feedForward(U))    (4) Y = LayerNorm(F + U)
public struct TransformerLayer: Sendable {
  /// Step 1.
  public let attention: SelfAttention
  /// Step 2.
  public let attentionNorm: LayerNorm
  /// Step 3.
  public let feedForward: FeedForward
  /// Step 4.
  public let outputNorm: LayerNorm

  /// What the backward pass needs of one layer.
  public struct Activations: Sendable {
    let attention: SelfAttention.Activations
    /// A + X, [N, H].
    let attentionSum: Matrix
    let attentionStatistics: LayerNorm.Statistics
    /// U, [N, H].
    let attentionOutput: Matrix
    let feedForward: FeedForward.Activations
    /// F + U, [N, H].
    let outputSum: Matrix
    let outputStatistics: LayerNorm.Statistics
  }

  /// The dropout of one layer in one forward pass.
  public struct Dropout: Sendable {
    /// The probability after each of the two parts.
    public let hidden: Float
    /// The probability of dropping an attention weight.
    public let attention: Float
    let keys: (UInt64, UInt64, UInt64)

    /// No dropout, for inference.
    public static let none = Dropout(hidden: 0, attention: 0, keys: (0, 0, 0))

    /// The dropout of layer `layer` at a point of a training run.
    public init(hidden: Float, attention: Float, context: DropoutContext, layer: Int) {
      self.init(
        hidden: hidden, attention: attention,
        keys: (
          context.key(place: 3 * layer + 1), context.key(place: 3 * layer + 2),
          context.key(place: 3 * layer + 3)
        ))
    }

    private init(hidden: Float, attention: Float, keys: (UInt64, UInt64, UInt64)) {
      self.hidden = hidden
      self.attention = attention
      self.keys = keys
    }
  }

  /// Adds the parameters of `NAME` with their Hugging Face names to a layout.
  public init(
    into layout: inout ParameterLayout, name: String, hidden: Int, heads: Int, intermediate: Int,
    epsilon: Float, activation: Activation = .gelu, names: TransformerNames = .bert
  ) {
    attention = SelfAttention(
      into: &layout, name: name, hidden: hidden, heads: heads, names: names)
    attentionNorm = LayerNorm(
      into: &layout, name: "\(name).\(names.attentionNorm)", size: hidden, epsilon: epsilon)
    feedForward = FeedForward(
      into: &layout, name: name, hidden: hidden, intermediate: intermediate,
      activation: activation, names: names)
    outputNorm = LayerNorm(
      into: &layout, name: "\(name).\(names.outputNorm)", size: hidden, epsilon: epsilon)
  }

  /// Takes room for one batch, which shares the relative position bias, where there is one, with the other layers.
  public func activations(
    for rows: PackedRows, bias: RelativePositionBias.Spread? = nil, training: Bool,
    workspace: Workspace
  ) -> Activations {
    let hidden = attention.hidden
    return Activations(
      attention: attention.activations(for: rows, bias: bias, workspace: workspace),
      attentionSum: workspace.matrix(rows.rows, hidden),
      attentionStatistics: LayerNorm.Statistics(rows: rows.rows, workspace: workspace),
      attentionOutput: workspace.matrix(rows.rows, hidden),
      feedForward: feedForward.activations(
        rows: rows.rows, training: training, workspace: workspace),
      outputSum: workspace.matrix(rows.rows, hidden),
      outputStatistics: LayerNorm.Statistics(rows: rows.rows, workspace: workspace))
  }

  /// Y from X, both [N, H]; Y may be X where no backward pass is needed.
  public func forward(
    _ x: Matrix, into y: Matrix, rows: PackedRows, activations: Activations, dropout: Dropout,
    parameters: UnsafeMutablePointer<Float>, workspace: Workspace
  ) {
    let sum = activations.attentionSum
    attention.forward(
      x, into: sum, rows: rows, activations: activations.attention,
      dropout: (dropout.attention, dropout.keys.0), parameters: parameters, workspace: workspace)
    Kernels.dropout(sum, probability: dropout.hidden, key: dropout.keys.1)
    add(x.base, to: sum.base, count: sum.count)
    attentionNorm.forward(
      sum, into: activations.attentionOutput, statistics: activations.attentionStatistics,
      parameters: parameters)
    feedForward.forward(
      activations.attentionOutput, into: activations.outputSum,
      activations: activations.feedForward, parameters: parameters)
    Kernels.dropout(activations.outputSum, probability: dropout.hidden, key: dropout.keys.2)
    add(activations.attentionOutput.base, to: activations.outputSum.base, count: sum.count)
    outputNorm.forward(
      activations.outputSum, into: y, statistics: activations.outputStatistics,
      parameters: parameters)
  }

  /// Turns dY, [N, H], into dX in place; parameters' gradients are accumulated, those of weights later where there is a list
  /// for that.
  ///
  /// The activations are overwritten, so that they serve once.
  public func backward(
    _ x: Matrix, gradient dY: Matrix, rows: PackedRows, activations: Activations,
    dropout: Dropout, parameters: UnsafeMutablePointer<Float>,
    gradients: UnsafeMutablePointer<Float>, workspace: Workspace,
    deferred: WeightProducts? = nil
  ) {
    // (4) d(F + U), which reaches U directly
    outputNorm.backward(
      activations.outputSum, dY: dY, into: dY, statistics: activations.outputStatistics,
      parameters: parameters, gradients: gradients)
    // (3)
    let dF = activations.outputSum  // has served
    dF.copy(from: dY)
    Kernels.dropout(dF, probability: dropout.hidden, key: dropout.keys.2)
    feedForward.backward(
      activations.attentionOutput, dY: dF, accumulatingInto: dY,
      activations: activations.feedForward, parameters: parameters, gradients: gradients,
      workspace: workspace, deferred: deferred)
    // (2) d(A + X), which reaches X directly
    attentionNorm.backward(
      activations.attentionSum, dY: dY, into: dY, statistics: activations.attentionStatistics,
      parameters: parameters, gradients: gradients)
    // (1)
    let dA = activations.attentionSum  // has served
    dA.copy(from: dY)
    Kernels.dropout(dA, probability: dropout.hidden, key: dropout.keys.1)
    attention.backward(
      x, dY: dA, accumulatingInto: dY, rows: rows, activations: activations.attention,
      dropout: (dropout.attention, dropout.keys.0), parameters: parameters, gradients: gradients,
      workspace: workspace, deferred: deferred)
  }
}

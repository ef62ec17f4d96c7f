import Kernels
import Labels
import Layers
import StudentFormat

/// The head of a student that labels texts or pairs: steps 4 to 7 of `StudentGraph`, over S texts of B examples.
///
///     (4) H = pooled states of each text                      [S, 2H], S = B or 2B
///     (5) V = dropout(H), of pairs dropout(H compared)        [B, 2H] or [B, 8H]
///     (6) A = relu(V Wh^T + bh)                               [B, R]
///     (7) Z = A Wc^T + bc                                     [B, L]
extension StudentNetwork {
  /// What the backward pass needs of the head.
  struct HeadActivations {
    /// H.
    let pooled: TextPooling
    /// V.
    let input: Matrix
    let layers: FeedForward.Activations
  }

  /// Steps 4 to 7.
  ///
  /// - Parameters:
  ///   - head: Both linear layers.
  ///   - y: Y of the last BiLSTM, [N, 2H].
  ///   - packing: How the rows of the texts are packed, those of a pair one after the other.
  ///   - parameters: The model's parameters.
  ///   - workspace: Where outputs and activations go.
  ///   - dropout: The point of the run; nil for no dropout.
  /// - Returns: Z, and what the backward pass needs.
  func logits(
    _ head: FeedForward, _ y: Matrix, _ packing: PackedBatch,
    parameters: UnsafeMutablePointer<Float>, workspace: Workspace, dropout: DropoutContext?
  ) -> (logits: Matrix, activations: HeadActivations) {
    let pooled = TextPooling(y, packing, configuration.pooling, workspace: workspace)  // 4
    let examples = packing.lengths.count / configuration.task.textCount
    let v = workspace.matrix(examples, configuration.headInputs)
    if isPair {
      PairComparison.forward(pooled.output, into: v)  // 5
    } else {
      v.copy(from: pooled.output)
    }
    applyDropout(dropout, .output, to: v)
    let layers = head.activations(rows: examples, training: true, workspace: workspace)
    let z = workspace.matrix(examples, labels.count)
    head.forward(v, into: z, activations: layers, parameters: parameters)  // 6, 7
    return (z, HeadActivations(pooled: pooled, input: v, layers: layers))
  }

  /// Gradients of steps 7 to 4.
  ///
  /// - Parameters:
  ///   - head: Both linear layers.
  ///   - saved: The forward pass's activations; those of the layers are overwritten.
  ///   - dZ: dL/dZ, [B, L].
  ///   - dY: dL/dY, [N, 2H], zeros; accumulated into.
  ///   - parameters: The model's parameters.
  ///   - gradients: The gradient buffer, accumulated into.
  ///   - workspace: Scratch.
  ///   - dropout: The point of the run; nil for no dropout.
  ///   - deferred: Where weight gradients are put off to; nil to compute them at once.
  func backward(
    _ head: FeedForward, _ saved: HeadActivations, dZ: Matrix, accumulatingInto dY: Matrix,
    parameters: UnsafeMutablePointer<Float>, gradients: UnsafeMutablePointer<Float>,
    workspace: Workspace, dropout: DropoutContext?, deferred: WeightProducts?
  ) {
    let dV = workspace.zeros(saved.input.rows, saved.input.columns)
    head.backward(
      saved.input, dY: dZ, accumulatingInto: dV, activations: saved.layers,
      parameters: parameters, gradients: gradients, workspace: workspace, deferred: deferred
    )  // of 7, 6
    applyDropout(dropout, .output, to: dV)
    var dH = dV
    if isPair {
      dH = workspace.matrix(saved.pooled.output.rows, saved.pooled.output.columns)
      PairComparison.backward(saved.pooled.output, dV: dV, into: dH)  // of 5
    }
    saved.pooled.backward(dH, accumulatingInto: dY)  // of 4
  }

  private var isPair: Bool { configuration.task == .pair }
}

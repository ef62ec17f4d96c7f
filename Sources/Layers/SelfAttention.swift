import BLAS
import CKernels
import Kernels

/// Multi-head self-attention on packed rows, sentence by sentence and head by head.
///
/// Vaswani and others 2017:
///
///     Q, K, V = X Wq^T + bq, X Wk^T + bk, X Wv^T + bv          [N, H] each, one gemm
///     P = softmax(Q K^T / sqrt(d) + B)                         [T, T] for each sentence and head
///     C = dropout(P) V                                         [N, H], heads side by side
///     Y = C Wo^T + bo                                          [N, H]
///
/// B is 0, or the relative position bias of models that have one.
public struct SelfAttention: Sendable {
  /// The three projections' weights as one matrix [3H, H]: query, key, value.
  let queryKeyValueWeight: ParameterSlice
  /// The three projections' biases as one vector [3H].
  let queryKeyValueBias: ParameterSlice
  /// Wo and bo.
  public let output: Linear
  /// A, the number of heads.
  public let heads: Int
  /// H, the width.
  public let hidden: Int
  private var headSize: Int { hidden / heads }

  /// What the backward pass needs.
  public struct Activations: Sendable {
    /// Q, K, V side by side, [N, 3H].
    public let queryKeyValue: Matrix
    /// P of each sentence and head one after another.
    let probabilities: Matrix
    /// C, [N, H].
    public let context: Matrix
    /// B, where the model has it.
    let bias: RelativePositionBias.Spread?
  }

  /// Adds the four linear layers, whose names begin with `NAME.`, to a layout, the weights of the three projections side by
  /// side.
  public init(
    into layout: inout ParameterLayout, name: String, hidden: Int, heads: Int,
    names: TransformerNames = .bert
  ) {
    precondition(heads > 0 && hidden % heads == 0, "\(heads) heads in \(hidden)")
    self.hidden = hidden
    self.heads = heads
    let projections = [names.query, names.key, names.value]
    let weights = projections.map { layout.add("\(name).\($0).weight", hidden, hidden) }
    let biases = projections.map { layout.add("\(name).\($0).bias", hidden) }
    queryKeyValueWeight = ParameterSlice(
      name: name, shape: [3 * hidden, hidden], offset: weights[0].offset)
    queryKeyValueBias = ParameterSlice(name: name, shape: [3 * hidden], offset: biases[0].offset)
    output = Linear(
      into: &layout, name: "\(name).\(names.attentionOutput)", inputs: hidden, outputs: hidden)
  }

  /// Takes room for one batch.
  public func activations(
    for rows: PackedRows, bias: RelativePositionBias.Spread? = nil, workspace: Workspace
  ) -> Activations {
    Activations(
      queryKeyValue: workspace.matrix(rows.rows, 3 * hidden),
      probabilities: workspace.matrix(1, heads * rows.squaredLengths),
      context: workspace.matrix(rows.rows, hidden), bias: bias)
  }

  /// Y = attention(X) without the output's dropout.
  ///
  /// - Parameters:
  ///   - x: X, [N, H].
  ///   - y: Y, [N, H], overwritten.
  ///   - rows: The sentences of the batch.
  ///   - activations: Room for this batch, filled.
  ///   - dropout: The probability of dropping an attention weight and the mask's key.
  ///   - parameters: The model's parameters.
  ///   - workspace: Scratch.
  public func forward(
    _ x: Matrix, into y: Matrix, rows: PackedRows, activations: Activations,
    dropout: (probability: Float, key: UInt64), parameters: UnsafeMutablePointer<Float>,
    workspace: Workspace
  ) {
    let qkv = activations.queryKeyValue
    gemm(x, .none, queryKeyValueWeight.matrix(in: parameters), .transposed, into: qkv)
    addBias(queryKeyValueBias.pointer(in: parameters), to: qkv)
    let d = headSize
    let scratch = workspace.floats(ck_attention_scratch(rows.longest, d))
    forEachHead(rows) { sentence, head, probabilitiesOffset in
      let start = qkv.row(rows[sentence].lowerBound) + head * d
      ck_attention(
        start, start + hidden, start + 2 * hidden, qkv.stride, rows[sentence].count, d, scaleFactor,
        activations.bias?.bias(head), activations.probabilities.base + probabilitiesOffset,
        dropout.probability, maskKey(dropout.key, sentence, head),
        activations.context.row(rows[sentence].lowerBound) + head * d, hidden, scratch)
    }
    output.forward(activations.context, into: y, parameters: parameters)
  }

  /// C from Q, K, V side by side, where no backward pass is needed.
  ///
  /// - Parameters:
  ///   - qkv: Q, K, V, [N, 3H].
  ///   - context: C, [N, H], overwritten.
  ///   - rows: The sentences of the batch.
  ///   - bias: B, where the model has it.
  ///   - scratch: Room for `ck_attend_scratch` floats for the longest sentence.
  func attend(
    _ qkv: Matrix, into context: Matrix, rows: PackedRows, bias: RelativePositionBias.Spread?,
    scratch: UnsafeMutablePointer<Float>
  ) {
    let d = headSize
    forEachHead(rows) { sentence, head, _ in
      let first = rows[sentence].lowerBound
      let start = qkv.row(first) + head * d
      ck_attend(
        start, start + hidden, start + 2 * hidden, qkv.stride, rows[sentence].count, d, scaleFactor,
        bias?.bias(head), context.row(first) + head * d, context.stride, scratch)
    }
  }

  /// dX += the gradient through attention, from dY, [N, H].
  public func backward(
    _ x: Matrix, dY: Matrix, accumulatingInto dX: Matrix, rows: PackedRows,
    activations: Activations, dropout: (probability: Float, key: UInt64),
    parameters: UnsafeMutablePointer<Float>, gradients: UnsafeMutablePointer<Float>,
    workspace: Workspace, deferred: WeightProducts? = nil
  ) {
    let qkv = activations.queryKeyValue
    let dQKV = workspace.matrix(rows.rows, 3 * hidden)
    workspace.withMatrix(rows.rows, hidden) { dContext in
      output.backward(
        activations.context, dY: dY, into: dContext, parameters: parameters, gradients: gradients,
        deferred: deferred)
      let d = headSize
      let scratch = workspace.floats(ck_attention_backward_scratch(rows.longest, d))
      forEachHead(rows) { sentence, head, probabilitiesOffset in
        let first = rows[sentence].lowerBound
        let start = qkv.row(first) + head * d
        let dStart = dQKV.row(first) + head * d
        ck_attention_backward(
          start, start + hidden, start + 2 * hidden, qkv.stride, rows[sentence].count, d,
          scaleFactor, activations.probabilities.base + probabilitiesOffset, dropout.probability,
          maskKey(dropout.key, sentence, head), dContext.row(first) + head * d, hidden, dStart,
          dStart + hidden, dStart + 2 * hidden, dQKV.stride, activations.bias?.dBias(head), scratch)
      }
    }
    WeightProducts.add(dQKV, x, of: queryKeyValueWeight, to: gradients, deferred: deferred)
    addColumnSums(of: dQKV, to: queryKeyValueBias.pointer(in: gradients))
    gemm(dQKV, .none, queryKeyValueWeight.matrix(in: parameters), .none, into: dX, beta: 1)
  }

  private var scaleFactor: Float { 1 / Float(headSize).squareRoot() }

  private func maskKey(_ key: UInt64, _ sentence: Int, _ head: Int) -> UInt64 {
    key &+ UInt64(sentence * heads + head + 1) &* 0x9E37_79B9_7F4A_7C15
  }

  private func forEachHead(_ rows: PackedRows, _ body: (Int, Int, Int) -> Void) {
    var offset = 0
    for sentence in 0..<rows.count {
      for head in 0..<heads {
        body(sentence, head, offset)
        offset += rows[sentence].count * rows[sentence].count
      }
    }
  }
}

import Kernels
import Layers
import ModelFiles

extension BERTNetwork {
  /// What the backward pass needs of a batch.
  struct Activations {
    let rows: PackedRows
    let embeddingSum: Matrix
    let embeddingStatistics: LayerNorm.Statistics
    /// What all layers add to their attention scores, for MPNet.
    let relativeBias: RelativePositionBias.Spread?
    /// X0 to XL, each [N, H]; in inference one and the same matrix.
    var hidden: [Matrix] = []
    var layers: [TransformerLayer.Activations] = []
    /// The rows of the first pieces of words or texts, [R].
    let firstPieceRows: [Int]
    /// dropout(X[first pieces]), [R, H]; of a classifier of texts dropout(Y).
    let headInput: Matrix
    /// What a classifier of texts computes before; nil for a tagger.
    let pooling: Pooling?
  }

  /// The pooler's input, X[first pieces] with or without dropout, [R, H], and what the pooler makes of it.
  struct Pooling {
    let input: Matrix
    let activations: Pooler.Activations
  }

  /// The logits of all words or texts, [R, L], in the workspace.
  public func logits(
    _ inputs: [BERTInput], parameters: UnsafeMutablePointer<Float>, workspace: Workspace
  ) -> Matrix {
    forward(inputs, parameters: parameters, workspace: workspace, dropout: nil, training: false)
      .logits
  }

  /// The last hidden states of all pieces, [N, H], in the workspace.
  public func hiddenStates(
    _ inputs: [BERTInput], parameters: UnsafeMutablePointer<Float>, workspace: Workspace
  ) -> Matrix {
    let state = forward(
      inputs, parameters: parameters, workspace: workspace, dropout: nil, training: false
    ).activations
    return state.hidden[state.hidden.count - 1]
  }

  func forward(
    _ inputs: [BERTInput], parameters: UnsafeMutablePointer<Float>, workspace: Workspace,
    dropout: DropoutContext?, training: Bool
  ) -> (logits: Matrix, activations: Activations) {
    var state = begin(
      inputs, parameters: parameters, training: training, workspace: workspace)
    var x = workspace.matrix(state.rows.rows, configuration.hiddenSize)
    embed(inputs, state: state, into: x, parameters: parameters, dropout: dropout)
    state.hidden.append(x)
    for (index, layer) in layers.enumerated() {
      if training || index == 0 {
        state.layers.append(
          layer.activations(
            for: state.rows, bias: state.relativeBias, training: training, workspace: workspace))
      }
      let y = training ? workspace.matrix(x.rows, x.columns) : x
      layer.forward(
        x, into: y, rows: state.rows, activations: state.layers[state.layers.count - 1],
        dropout: layerDropout(dropout, index), parameters: parameters, workspace: workspace)
      x = y
      state.hidden.append(x)
    }
    let logits = classify(
      x, state: state, parameters: parameters, dropout: dropout, workspace: workspace)
    return (logits, state)
  }

  /// Step 4.
  func classify(
    _ x: Matrix, state: Activations, parameters: UnsafeMutablePointer<Float>,
    dropout: DropoutContext?, workspace: Workspace
  ) -> Matrix {
    let gathered = state.pooling?.input ?? state.headInput
    for (place, row) in state.firstPieceRows.enumerated() {
      gathered.row(place).update(from: x.row(row), count: x.columns)
    }
    if let pooler, let pooling = state.pooling {
      if configuration.architecture.sequenceHead.dropsInput {
        applyDropout(dropout, place: poolerPlace, probability: headDropout, to: pooling.input)
      }
      pooler.forward(pooling.input, activations: pooling.activations, parameters: parameters)
      state.headInput.copy(from: pooling.activations.output)
    }
    applyDropout(dropout, place: headPlace, probability: headDropout, to: state.headInput)
    let logits = workspace.matrix(state.headInput.rows, labels.count)
    classifier.forward(state.headInput, into: logits, parameters: parameters)
    return logits
  }

  func begin(
    _ inputs: [BERTInput], parameters: UnsafeMutablePointer<Float>, training: Bool,
    workspace: Workspace
  ) -> Activations {
    let rows = PackedRows(lengths: inputs.flatMap(\.windowLengths))
    var firstPieceRows: [Int] = []
    var start = 0
    for input in inputs {
      firstPieceRows += input.firstPieces.map { start + Int($0) }
      start += input.ids.count
    }
    return Activations(
      rows: rows, embeddingSum: workspace.matrix(rows.rows, configuration.hiddenSize),
      embeddingStatistics: LayerNorm.Statistics(rows: rows.rows, workspace: workspace),
      relativeBias: relativeBias?.spread(
        longest: rows.longest, training: training, parameters: parameters, workspace: workspace),
      firstPieceRows: firstPieceRows,
      headInput: workspace.matrix(firstPieceRows.count, configuration.hiddenSize),
      pooling: pooler.map {
        Pooling(
          input: workspace.matrix(firstPieceRows.count, configuration.hiddenSize),
          activations: $0.activations(
            rows: firstPieceRows.count, training: training, workspace: workspace))
      })
  }

  /// Steps 1 and 2.
  func embed(
    _ inputs: [BERTInput], state: Activations, into x: Matrix,
    parameters: UnsafeMutablePointer<Float>, dropout: DropoutContext?
  ) {
    let sum = state.embeddingSum
    sum.clear()
    var start = 0
    for input in inputs {
      let target = sum.rows(start..<start + input.ids.count)
      typeEmbeddings?.addTypes(of: input, to: target, parameters: parameters)
      input.ids.withUnsafeBufferPointer {
        wordEmbeddings.addRows($0, to: target, parameters: parameters)
      }
      start += input.ids.count
    }
    for window in 0..<state.rows.count {
      let target = sum.rows(state.rows[window])
      precondition(
        target.rows <= configuration.longestInput,
        "\(target.rows) pieces, but \(configuration.longestInput) positions")
      add(firstPosition(in: parameters), to: target.base, count: target.count)
    }
    embeddingNorm.forward(
      sum, into: x, statistics: state.embeddingStatistics, parameters: parameters)
    applyDropout(
      dropout, place: 0, probability: Float(configuration.hiddenDropout), to: x)
  }

  /// The row of the first piece's position in a buffer of the layout.
  func firstPosition(in base: UnsafeMutablePointer<Float>) -> UnsafeMutablePointer<Float> {
    positionEmbeddings.weight.matrix(in: base).row(configuration.firstPosition)
  }

  func layerDropout(_ context: DropoutContext?, _ index: Int) -> TransformerLayer.Dropout {
    guard let context else { return .none }
    return TransformerLayer.Dropout(
      hidden: Float(configuration.hiddenDropout), attention: Float(configuration.attentionDropout),
      context: context, layer: index)
  }

  var headPlace: Int { 3 * layers.count + 1 }

  var poolerPlace: Int { headPlace + 1 }

  var headDropout: Float { Float(configuration.headDropout) }

  func applyDropout(
    _ context: DropoutContext?, place: Int, probability: Float, to x: Matrix
  ) {
    guard let context else { return }
    dropout(x, probability: probability, key: context.key(place: place))
  }
}

import Kernels
import Layers
import ModelFiles

extension BERTNetwork {
  /// One forward and backward pass; see `Classifier.step`.
  public func step(
    _ inputs: [BERTInput], parameters: UnsafeMutablePointer<Float>,
    gradients: UnsafeMutablePointer<Float>, workspace: Workspace, dropout: DropoutContext?,
    deferred: WeightProducts?, loss: (_ logits: Matrix, _ dLogits: Matrix) -> Double
  ) -> (loss: Double, sparse: [SparseGradient]) {
    let (logits, state) = forward(
      inputs, parameters: parameters, workspace: workspace, dropout: dropout, training: true)
    let dLogits = workspace.zeros(logits.rows, logits.columns)
    let value = loss(logits, dLogits)
    let sparse = backward(
      inputs, state, dLogits: dLogits, parameters: parameters, gradients: gradients,
      workspace: workspace, dropout: dropout, deferred: deferred)
    return (value, sparse)
  }

  private func backward(
    _ inputs: [BERTInput], _ state: Activations, dLogits: Matrix,
    parameters: UnsafeMutablePointer<Float>, gradients: UnsafeMutablePointer<Float>,
    workspace: Workspace, dropout: DropoutContext?, deferred: WeightProducts?
  ) -> [SparseGradient] {
    // (4)
    let dHead = workspace.matrix(state.headInput.rows, configuration.hiddenSize)
    classifier.backward(
      state.headInput, dY: dLogits, into: dHead, parameters: parameters, gradients: gradients,
      deferred: deferred)
    applyDropout(dropout, place: headPlace, probability: headDropout, to: dHead)
    let dGathered = backward(
      ofPooling: state.pooling, dY: dHead, parameters: parameters, gradients: gradients,
      workspace: workspace, dropout: dropout, deferred: deferred)
    let dX = workspace.zeros(state.rows.rows, configuration.hiddenSize)
    for (place, row) in state.firstPieceRows.enumerated() {
      add(dGathered.row(place), to: dX.row(row), count: dX.columns)
    }
    // (3), the relative position bias after all layers that share it
    for index in layers.indices.reversed() {
      layers[index].backward(
        state.hidden[index], gradient: dX, rows: state.rows, activations: state.layers[index],
        dropout: layerDropout(dropout, index), parameters: parameters, gradients: gradients,
        workspace: workspace, deferred: deferred)
    }
    if let bias = state.relativeBias { relativeBias?.backward(bias, gradients: gradients) }
    // (2)
    applyDropout(
      dropout, place: 0, probability: Float(configuration.hiddenDropout), to: dX)
    embeddingNorm.backward(
      state.embeddingSum, dY: dX, into: dX, statistics: state.embeddingStatistics,
      parameters: parameters, gradients: gradients)
    // (1)
    var start = 0
    for input in inputs {
      let rows = dX.rows(start..<start + input.ids.count)
      typeEmbeddings?.addGradient(ofTypesOf: input, dX: rows, to: gradients)
      start += input.ids.count
    }
    let dPositions = firstPosition(in: gradients)
    for window in 0..<state.rows.count {
      let rows = dX.rows(state.rows[window])
      add(rows.base, to: dPositions, count: rows.count)
    }
    return [
      SparseGradient(slice: wordEmbeddings.weight, ids: inputs.flatMap(\.ids), rows: dX)
    ]
  }

  /// The gradient of the first pieces' hidden states, [R, H], from dY, [R, H]; dY itself for a tagger.
  private func backward(
    ofPooling pooling: Pooling?, dY: Matrix, parameters: UnsafeMutablePointer<Float>,
    gradients: UnsafeMutablePointer<Float>, workspace: Workspace, dropout: DropoutContext?,
    deferred: WeightProducts?
  ) -> Matrix {
    guard let pooler, let pooling else { return dY }
    let dX = workspace.matrix(dY.rows, dY.columns)
    pooler.backward(
      pooling.input, dY: dY, into: dX, activations: pooling.activations, parameters: parameters,
      gradients: gradients, deferred: deferred)
    if configuration.architecture.sequenceHead.dropsInput {
      applyDropout(dropout, place: poolerPlace, probability: headDropout, to: dX)
    }
    return dX
  }
}

extension Embedding {
  /// Adds the embeddings of an input's token types, [T, H], to the sum of its embeddings.
  func addTypes(
    of input: BERTInput, to sum: Matrix, parameters: UnsafeMutablePointer<Float>
  ) {
    guard input.types.isEmpty else {
      input.types.withUnsafeBufferPointer { addRows($0, to: sum, parameters: parameters) }
      return
    }
    let type = weight.pointer(in: parameters)
    for row in 0..<sum.rows { add(type, to: sum.row(row), count: sum.columns) }
  }

  /// The gradient of `addTypes`.
  func addGradient(
    ofTypesOf input: BERTInput, dX: Matrix, to gradients: UnsafeMutablePointer<Float>
  ) {
    guard input.types.isEmpty else {
      input.types.withUnsafeBufferPointer { backward($0, dY: dX, gradients: gradients) }
      return
    }
    addColumnSums(of: dX, to: weight.pointer(in: gradients))
  }
}

import Kernels
import Layers

extension StudentNetwork {
  /// One way forth and back; see `TokenClassifier`.
  public func step(
    _ inputs: [StudentInput], parameters: UnsafeMutablePointer<Float>,
    gradients: UnsafeMutablePointer<Float>, workspace: Workspace, dropout: DropoutContext?,
    loss: (_ logits: Matrix, _ dLogits: Matrix) -> Double
  ) -> (loss: Double, sparse: [SparseGradient]) {
    let (logits, saved) = forward(
      inputs, parameters: parameters, workspace: workspace, dropout: dropout)
    let dLogits = workspace.zeros(logits.rows, logits.columns)
    let value = loss(logits, dLogits)
    let sparse = backward(
      saved, dLogits: dLogits, parameters: parameters, gradients: gradients,
      workspace: workspace, dropout: dropout)
    return (value, sparse)
  }

  /// Gradients of steps 4 to 1.
  private func backward(
    _ saved: Activations, dLogits: Matrix, parameters: UnsafeMutablePointer<Float>,
    gradients: UnsafeMutablePointer<Float>, workspace: Workspace, dropout: DropoutContext?
  ) -> [SparseGradient] {
    let batch = saved.batch
    let dZ = workspace.matrix(dLogits.rows, dLogits.columns)
    for (word, row) in batch.rows.enumerated() {
      dZ.row(row).update(from: dLogits.row(word), count: dZ.columns)
    }
    let dY = workspace.matrix(dZ.rows, 2 * configuration.hidden)
    classifier.backward(
      saved.output, dY: dZ, into: dY, parameters: parameters, gradients: gradients)  // of 4
    applyDropout(dropout, .output, to: dY)  // of 3
    let dX = lstm.backward(
      saved.lstm, dY: dY, batch.packing, parameters: parameters, gradients: gradients,
      workspace: workspace)
    applyDropout(dropout, .input, to: dX)  // of 2
    let dT = workspace.zeros(batch.types.count, dX.columns)
    for (row, place) in batch.typeOfRow.enumerated() {
      add(dX.row(row), to: dT.row(place), count: dX.columns)
    }
    characters.backward(
      saved.characters, dY: dT.columns(characterColumns), parameters: parameters,
      gradients: gradients, workspace: workspace)
    batch.shapes.withUnsafeBufferPointer {
      shapes.backward($0, dY: dT.columns(shapeColumns), gradients: gradients)
    }
    return [pieceGradient(batch, dT: dT, workspace: workspace)]
  }

  /// Of step 1: dpiece[p] = dt_u / the number of u's pieces, a row for each word type and piece of it.
  private func pieceGradient(
    _ batch: StudentBatch, dT: Matrix, workspace: Workspace
  ) -> SparseGradient {
    var ids: [Int32] = []
    for place in batch.types.indices { ids += batch.pieces(place) }
    let rows = workspace.zeros(ids.count, configuration.pieceDimension)
    var row = 0
    for place in batch.types.indices {
      let count = batch.pieces(place).count
      for _ in 0..<count {
        add(1 / Float(count), times: dT.row(place), to: rows.row(row), count: rows.columns)
        row += 1
      }
    }
    return SparseGradient(slice: pieces.weight, ids: ids, rows: rows)
  }
}

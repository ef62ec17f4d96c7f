import Kernels
import Layers
import StudentFormat

extension StudentNetwork {
  /// One forward and backward pass; see `Classifier`.
  public func step(
    _ inputs: [StudentInput], parameters: UnsafeMutablePointer<Float>,
    gradients: UnsafeMutablePointer<Float>, workspace: Workspace, dropout: DropoutContext?,
    deferred: WeightProducts?, loss: (_ logits: Matrix, _ dLogits: Matrix) -> Double
  ) -> (loss: Double, sparse: [SparseGradient]) {
    let (logits, saved) = forward(
      inputs, parameters: parameters, workspace: workspace, dropout: dropout)
    let dLogits = workspace.zeros(logits.rows, logits.columns)
    let value = loss(logits, dLogits)
    let sparse = backward(
      saved, dLogits: dLogits, parameters: parameters, gradients: gradients,
      workspace: workspace, dropout: dropout, deferred: deferred)
    return (value, sparse)
  }

  /// Gradients of steps 4, or 7, to 1.
  private func backward(
    _ saved: Activations, dLogits: Matrix, parameters: UnsafeMutablePointer<Float>,
    gradients: UnsafeMutablePointer<Float>, workspace: Workspace, dropout: DropoutContext?,
    deferred: WeightProducts?
  ) -> [SparseGradient] {
    let batch = saved.batch
    var dX: Matrix
    if let head, let activations = saved.head {
      dX = workspace.zeros(saved.output.rows, saved.output.columns)
      backward(
        head, activations, dZ: dLogits, accumulatingInto: dX, parameters: parameters,
        gradients: gradients, workspace: workspace, dropout: dropout, deferred: deferred)
    } else {
      let dZ = workspace.matrix(dLogits.rows, dLogits.columns)
      for (word, row) in batch.rows.enumerated() {
        dZ.row(row).update(from: dLogits.row(word), count: dZ.columns)
      }
      dX = workspace.matrix(dZ.rows, 2 * configuration.hidden)
      classifier.backward(
        saved.output, dY: dZ, into: dX, parameters: parameters, gradients: gradients,
        deferred: deferred)  // of 4
    }
    for (index, lstm) in lstms.enumerated().reversed() {
      if let place = dropoutPlace(above: index) { applyDropout(dropout, place, to: dX) }  // of 3
      dX = lstm.backward(
        saved.lstms[index], dY: dX, batch.packing, parameters: parameters, gradients: gradients,
        workspace: workspace, deferred: deferred)
    }
    applyDropout(dropout, .input, to: dX)  // of 2
    let dT = workspace.zeros(batch.types.count, dX.columns)
    for (row, place) in batch.typeOfRow.enumerated() {
      add(dX.row(row), to: dT.row(place), count: dX.columns)
    }
    characters.backward(
      saved.characters, dY: dT.columns(configuration.characterColumns), parameters: parameters,
      gradients: gradients, workspace: workspace)
    batch.shapes.withUnsafeBufferPointer {
      shapes.backward($0, dY: dT.columns(configuration.shapeColumns), gradients: gradients)
    }
    if let vectors = configuration.wordVectors {
      return [tunedGradient(vectors, batch, dT: dT, workspace: workspace)]
    }
    return [pieceGradient(batch, dT: dT, workspace: workspace)]
  }

  /// Of step 1: dtuned[w_u] = the right half of the two channels' dt_u; frozen vectors have no gradient.
  private func tunedGradient(
    _ vectors: StudentConfiguration.WordVectors, _ batch: StudentBatch, dT: Matrix,
    workspace: Workspace
  ) -> SparseGradient {
    let tuned = batch.types.indices.compactMap { place in
      vectors.tunedRow(of: batch.word(place)).map { (place: place, row: Int32($0)) }
    }
    let rows = workspace.matrix(tuned.count, vectors.dimension)
    for (n, word) in tuned.enumerated() {
      let source = dT.row(word.place) + vectors.dimension
      rows.row(n).update(from: source, count: vectors.dimension)
    }
    return SparseGradient(slice: graph.lexicon, ids: tuned.map(\.row), rows: rows)
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
    return SparseGradient(slice: graph.lexicon, ids: ids, rows: rows)
  }
}

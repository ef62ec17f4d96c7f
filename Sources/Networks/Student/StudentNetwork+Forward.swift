import Kernels
import Layers

extension StudentNetwork {
  /// What the way back needs of a batch.
  struct Activations {
    let batch: StudentBatch
    let characters: CharacterCNN.Activations
    let lstm: BiLSTM.Activations
    /// Y, [N, 2H].
    let output: Matrix
  }

  /// The two places of dropout in the network, by which their masks differ.
  enum DropoutPlace: Int {
    case input = 0
    case output = 1
  }

  /// The logits of all words, [W, L], in the workspace.
  public func logits(
    _ inputs: [StudentInput], parameters: UnsafeMutablePointer<Float>, workspace: Workspace
  ) -> Matrix {
    forward(inputs, parameters: parameters, workspace: workspace, dropout: nil).logits
  }

  /// Steps 1 to 4; the logits' rows stand in the order of the sentences.
  func forward(
    _ inputs: [StudentInput], parameters: UnsafeMutablePointer<Float>, workspace: Workspace,
    dropout: DropoutContext?
  ) -> (logits: Matrix, activations: Activations) {
    let batch = StudentBatch(inputs)
    let (t, characters) = wordTypes(batch, parameters: parameters, workspace: workspace)
    let x = workspace.matrix(batch.rows.count, t.columns)
    for (row, place) in batch.typeOfRow.enumerated() {
      x.row(row).update(from: t.row(place), count: t.columns)
    }
    applyDropout(dropout, .input, to: x)  // 2
    let saved = lstm.forward(x, batch.packing, parameters: parameters, workspace: workspace)
    var y = saved.output
    if dropout != nil {
      y = workspace.matrix(y.rows, y.columns)
      y.copy(from: saved.output)
      applyDropout(dropout, .output, to: y)  // 3
    }
    let z = workspace.matrix(y.rows, labels.count)
    classifier.forward(y, into: z, parameters: parameters)  // 4
    let logits = workspace.matrix(z.rows, z.columns)
    for (word, row) in batch.rows.enumerated() {
      logits.row(word).update(from: z.row(row), count: z.columns)
    }
    return (
      logits, Activations(batch: batch, characters: characters, lstm: saved, output: y)
    )
  }

  /// Step 1: t, [U, I].
  private func wordTypes(
    _ batch: StudentBatch, parameters: UnsafeMutablePointer<Float>, workspace: Workspace
  ) -> (t: Matrix, characters: CharacterCNN.Activations) {
    let t = workspace.zeros(batch.types.count, configuration.wordDimension)
    let table = pieces.weight.matrix(in: parameters)
    for place in 0..<t.rows {
      let ids = batch.pieces(place)
      let share = 1 / Float(ids.count)
      for id in ids {
        precondition(id >= 0 && id < table.rows, "piece \(id) of \(table.rows)")
        add(share, times: table.row(Int(id)), to: t.row(place), count: table.columns)
      }
    }
    let saved = characters.forward(
      batch.characters, into: t.columns(characterColumns), parameters: parameters,
      workspace: workspace)
    batch.shapes.withUnsafeBufferPointer {
      shapes.addRows($0, to: t.columns(shapeColumns), parameters: parameters)
    }
    return (t, saved)
  }

  /// The columns of t that come from the characters.
  var characterColumns: Range<Int> {
    configuration.pieceDimension..<configuration.pieceDimension + configuration.filters
  }

  /// The columns of t that come from the shape.
  var shapeColumns: Range<Int> {
    characterColumns.upperBound..<configuration.wordDimension
  }

  func applyDropout(_ context: DropoutContext?, _ place: DropoutPlace, to x: Matrix) {
    guard let context, dropout > 0 else { return }
    Kernels.dropout(x, probability: dropout, key: context.key(place: place.rawValue))
  }
}

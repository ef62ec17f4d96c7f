import Kernels
import Layers
import Tagger

extension StudentNetwork {
  /// What the way back needs of a batch.
  struct Activations {
    let batch: StudentBatch
    let characters: CharacterCNN.Activations
    /// Those of the BiLSTMs from the bottom up.
    let lstms: [BiLSTM.Activations]
    /// Y of the last, [N, 2H].
    let output: Matrix
  }

  /// The places of dropout in the network, by which their masks differ.
  enum DropoutPlace: Int {
    case input = 0
    case output = 1
    case betweenLayers = 2
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
    var y = x
    var saved: [BiLSTM.Activations] = []
    for (index, lstm) in lstms.enumerated() {
      let activations = lstm.forward(
        y, batch.packing, parameters: parameters, workspace: workspace)
      saved.append(activations)
      y = activations.output
      guard dropout != nil else { continue }
      y = workspace.matrix(y.rows, y.columns)
      y.copy(from: activations.output)
      applyDropout(dropout, index == lstms.count - 1 ? .output : .betweenLayers, to: y)  // 3
    }
    let z = workspace.matrix(y.rows, labels.count)
    classifier.forward(y, into: z, parameters: parameters)  // 4
    let logits = workspace.matrix(z.rows, z.columns)
    for (word, row) in batch.rows.enumerated() {
      logits.row(word).update(from: z.row(row), count: z.columns)
    }
    return (
      logits, Activations(batch: batch, characters: characters, lstms: saved, output: y)
    )
  }

  /// Step 1: t, [U, I].
  private func wordTypes(
    _ batch: StudentBatch, parameters: UnsafeMutablePointer<Float>, workspace: Workspace
  ) -> (t: Matrix, characters: CharacterCNN.Activations) {
    let t = workspace.zeros(batch.types.count, configuration.wordDimension)
    if let vectors = configuration.wordVectors {
      writeVectors(vectors, of: batch, to: t, parameters: parameters)
    } else {
      addPieceMeans(of: batch, to: t, parameters: parameters)
    }
    let saved = characters.forward(
      batch.characters, into: t.columns(characterColumns), parameters: parameters,
      workspace: workspace)
    batch.shapes.withUnsafeBufferPointer {
      shapes.addRows($0, to: t.columns(shapeColumns), parameters: parameters)
    }
    return (t, saved)
  }

  private func addPieceMeans(
    of batch: StudentBatch, to t: Matrix, parameters: UnsafeMutablePointer<Float>
  ) {
    let table = lexicon.weight.matrix(in: parameters)
    for place in 0..<t.rows {
      let ids = batch.pieces(place)
      let share = 1 / Float(ids.count)
      for id in ids {
        precondition(id >= 0 && id < table.rows, "piece \(id) of \(table.rows)")
        add(share, times: table.row(Int(id)), to: t.row(place), count: table.columns)
      }
    }
  }

  /// The two channels, onto zeros.
  private func writeVectors(
    _ vectors: StudentConfiguration.WordVectors, of batch: StudentBatch, to t: Matrix,
    parameters: UnsafeMutablePointer<Float>
  ) {
    guard let frozenVectors else { return }
    let (tuned, width) = (lexicon.weight.matrix(in: parameters), vectors.dimension)
    let frozen = Matrix(frozenVectors.base, rows: vectors.count, columns: width)
    for place in 0..<t.rows {
      let word = batch.word(place)
      let own = word >= 0 ? frozen.row(Int(word)) : nil
      if let own { t.row(place).update(from: own, count: width) }
      if let row = vectors.tunedRow(of: word).map({ tuned.row($0) }) ?? own {
        (t.row(place) + width).update(from: row, count: width)
      }
    }
  }

  /// The columns of t that come from the characters.
  var characterColumns: Range<Int> {
    configuration.lexicalDimension..<configuration.lexicalDimension + configuration.filters
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

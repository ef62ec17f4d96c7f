import Kernels
import Layers
import StudentFormat

extension StudentNetwork {
  /// What the backward pass needs of a batch.
  struct Activations {
    let batch: StudentBatch
    let characters: CharacterCNN.Activations
    /// Those of the BiLSTMs from the bottom up.
    let lstms: [BiLSTM.Activations]
    /// Y of the last, [N, 2H]; with dropout in a tagger.
    let output: Matrix
    /// Those of the head of a classifier.
    let head: HeadActivations?
  }

  /// The places of dropout in the network, by which their masks differ.
  enum DropoutPlace: Int {
    case input = 0
    case output = 1
    case betweenLayers = 2
  }

  /// The logits of all words, or of all texts or pairs, [R, L], in the workspace.
  public func logits(
    _ inputs: [StudentInput], parameters: UnsafeMutablePointer<Float>, workspace: Workspace
  ) -> Matrix {
    forward(inputs, parameters: parameters, workspace: workspace, dropout: nil).logits
  }

  /// Steps 1 to 4, or to 7; the logits' rows stand in the order of the examples.
  func forward(
    _ inputs: [StudentInput], parameters: UnsafeMutablePointer<Float>, workspace: Workspace,
    dropout: DropoutContext?
  ) -> (logits: Matrix, activations: Activations) {
    let batch = StudentBatch(inputs, task: configuration.task)
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
      guard dropout != nil, let place = dropoutPlace(above: index) else { continue }
      y = workspace.matrix(y.rows, y.columns)
      y.copy(from: activations.output)
      applyDropout(dropout, place, to: y)  // 3
    }
    if let head {
      let (logits, activations) = logits(
        head, y, batch.packing, parameters: parameters, workspace: workspace, dropout: dropout)
      return (
        logits,
        Activations(
          batch: batch, characters: characters, lstms: saved, output: y, head: activations)
      )
    }
    let z = workspace.matrix(y.rows, labels.count)
    classifier.forward(y, into: z, parameters: parameters)  // 4
    let logits = workspace.matrix(z.rows, z.columns)
    for (word, row) in batch.rows.enumerated() {
      logits.row(word).update(from: z.row(row), count: z.columns)
    }
    return (
      logits,
      Activations(batch: batch, characters: characters, lstms: saved, output: y, head: nil)
    )
  }

  /// Step 1: t, [U, I].
  private func wordTypes(
    _ batch: StudentBatch, parameters: UnsafeMutablePointer<Float>, workspace: Workspace
  ) -> (t: Matrix, characters: CharacterCNN.Activations) {
    let t = workspace.zeros(batch.types.count, configuration.wordDimension)
    let lexicon = StudentLexicon(
      configuration, table: graph.lexicon.pointer(in: parameters), frozen: frozenVectors?.base)
    for place in 0..<t.rows {
      lexicon.write(word: batch.word(place), pieces: batch.pieces(place), to: t.row(place))
    }
    let saved = characters.forward(
      batch.characters, into: t.columns(configuration.characterColumns), parameters: parameters,
      workspace: workspace)
    batch.shapes.withUnsafeBufferPointer {
      shapes.addRows($0, to: t.columns(configuration.shapeColumns), parameters: parameters)
    }
    return (t, saved)
  }

  /// Where dropout is applied on the output of a BiLSTM; nowhere above the last of a classifier, whose head has its own.
  func dropoutPlace(above lstm: Int) -> DropoutPlace? {
    if lstm < lstms.count - 1 { return .betweenLayers }
    return head == nil ? .output : nil
  }

  func applyDropout(_ context: DropoutContext?, _ place: DropoutPlace, to x: Matrix) {
    guard let context, dropout > 0 else { return }
    Kernels.dropout(x, probability: dropout, key: context.key(place: place.rawValue))
  }
}

import Kernels
import ModelFiles
import Runtime

extension BERTModel {
  /// Words that are read at a time.
  private static let wordsAtATime = 256
  /// About the rows that are read at a time.
  private static let rowsAtATime = 4096

  /// What the model makes of words alone.
  ///
  /// A word is a sentence of its own, `[CLS]` before and `[SEP]` behind its pieces; its row is the mean of its pieces' last
  /// hidden states. Of a word of more pieces than a window holds, the first window counts.
  ///
  /// - Parameters:
  ///   - words: W words, each of its own row.
  ///   - states: [W, H], overwritten.
  ///   - workers: The threads; of no effect on the result.
  public func writeStates(ofLoneWords words: [String], to states: Matrix, workers: Workers) {
    let width = network.configuration.hiddenSize
    precondition(
      states.rows == words.count && states.columns == width,
      "\(words.count) words of \(width) into \(states.rows) x \(states.columns)")
    let batches = (words.count + Self.wordsAtATime - 1) / Self.wordsAtATime
    workers.run(batches) { batch in
      let first = batch * Self.wordsAtATime
      let inputs = words[first..<min(first + Self.wordsAtATime, words.count)].map { input([$0]) }
      let workspace = Workspace()
      for part in inputs.map(network.trainingCost).parts(costingAtMost: Self.rowsAtATime) {
        workspace.reset()
        let rows = first + part.lowerBound..<first + part.upperBound
        writeMeans(of: inputs[part], to: states.rows(rows), workspace: workspace)
      }
    }
  }

  private func writeMeans(
    of words: ArraySlice<BERTInput>, to states: Matrix, workspace: Workspace
  ) {
    let hidden = network.hiddenStates(
      Array(words), parameters: parameters.base, workspace: workspace)
    var start = 0
    for (place, input) in words.enumerated() {
      let pieces = start + 1..<start + input.ids.count - 1
      let row = states.row(place)
      row.update(repeating: 0, count: states.columns)
      let share = 1 / Float(pieces.count)
      for piece in pieces { add(share, times: hidden.row(piece), to: row, count: states.columns) }
      start += input.ids.count
    }
  }
}

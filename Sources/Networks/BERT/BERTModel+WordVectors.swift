import Kernels
import Runtime

extension BERTModel {
  /// Words that are read at a time.
  private static let wordsAtATime = 256

  /// What the model makes of words alone.
  ///
  /// A word is a sentence of its own, `[CLS]` before and `[SEP]` behind its pieces; its row is the mean of its pieces' last
  /// hidden states. Of a word of more pieces than the model has positions, the first window counts.
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
      let hidden = network.hiddenStates(
        inputs, parameters: parameters.base, workspace: workspace)
      var start = 0
      for (place, input) in inputs.enumerated() {
        let pieces = start + 1..<start + input.windowLengths[0] - 1
        let row = states.row(first + place)
        row.update(repeating: 0, count: width)
        let share = 1 / Float(pieces.count)
        for piece in pieces { add(share, times: hidden.row(piece), to: row, count: width) }
        start += input.ids.count
      }
    }
  }
}

import Kernels
import Layers
import StudentFormat

/// One vector for each text of a packed batch, picked from the outputs of a bidirectional LSTM: step 4 of `StudentGraph`.
///
/// Each number of a text's vector is one of Y's at one of its words, so that one backward pass serves every way of choosing:
///
///     (4a)  p_j = the row of Y from which column j is taken      last: of the last word forwards, of the first in reverse
///                                                                max:  where the column is largest, the first of equals
///     (4b)  h_j = y[p_j, j]                                      0 of a text without words
struct TextPooling {
  /// H, [S, 2H], one row a text in the order given.
  let output: Matrix
  /// p, [S, 2H]; -1 of a text without words.
  private let places: UnsafeMutablePointer<Int32>

  /// Step 4.
  ///
  /// - Parameters:
  ///   - y: Y, [N, 2H], in the batch's packed rows, the forward direction in the left half.
  ///   - batch: How the rows of S texts are packed.
  ///   - pooling: Which word a column is taken from.
  ///   - workspace: Where the output goes.
  init(
    _ y: Matrix, _ batch: PackedBatch, _ pooling: StudentConfiguration.Pooling,
    workspace: Workspace
  ) {
    precondition(y.rows == batch.rowCount, "\(y.rows) rows of \(batch.rowCount)")
    let (count, width) = (batch.lengths.count, y.columns)
    output = workspace.zeros(count, width)
    places = UnsafeMutableRawPointer(workspace.floats(count * width))
      .bindMemory(to: Int32.self, capacity: count * width)
    places.update(repeating: -1, count: count * width)
    for (text, length) in batch.lengths.enumerated() where length > 0 {
      let (h, p) = (output.row(text), places + text * width)
      func take(_ row: Int, _ columns: Range<Int>, where isTaken: (Int) -> Bool) {
        let values = y.row(row)
        for j in columns where isTaken(j) {
          h[j] = values[j]
          p[j] = Int32(truncatingIfNeeded: row)
        }
      }
      switch pooling {
      case .last:
        take(batch.row(sentence: text, word: length - 1), 0..<width / 2) { _ in true }
        take(batch.row(sentence: text, word: 0), width / 2..<width) { _ in true }
      case .max:
        for word in 0..<length {
          let row = batch.row(sentence: text, word: word)
          let values = y.row(row)
          take(row, 0..<width) { p[$0] < 0 || values[$0] > h[$0] }
        }
      }
    }
  }

  /// Of step 4b: dy[p_j, j] += dh_j.
  ///
  /// - Parameters:
  ///   - dH: dL/dH, [S, 2H].
  ///   - dY: dL/dY, [N, 2H], accumulated into.
  func backward(_ dH: Matrix, accumulatingInto dY: Matrix) {
    precondition(
      dH.rows == output.rows && dH.columns == output.columns && dY.columns == dH.columns,
      "\(dH.rows) x \(dH.columns) gradient of \(output.rows) x \(output.columns)")
    for text in 0..<dH.rows {
      let (d, p) = (dH.row(text), places + text * dH.columns)
      for j in 0..<dH.columns where p[j] >= 0 { dY[Int(p[j]), j] += d[j] }
    }
  }
}

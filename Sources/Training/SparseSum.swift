import Kernels
import Layers

/// The gradient of one embedding table over a batch: only touched rows are added to, listed and cleared.
final class SparseSum {
  /// The table.
  let slice: ParameterSlice
  /// The rows with a gradient, in the order in which they were first touched.
  private(set) var touched: [Int32] = []
  private var isTouched: [Bool]
  private var width: Int { slice.shape[1] }

  init(slice: ParameterSlice) {
    self.slice = slice
    isTouched = [Bool](repeating: false, count: slice.shape[0])
  }

  /// Adds the rows of a shard's gradient, in their order.
  func add(_ gradient: SparseGradient, to gradients: FloatBuffer) {
    let table = slice.pointer(in: gradients.base)
    for (row, id) in gradient.ids.enumerated() {
      if !isTouched[Int(id)] {
        isTouched[Int(id)] = true
        touched.append(id)
      }
      Kernels.add(gradient.rows.row(row), to: table + Int(id) * width, count: width)
    }
  }

  /// Sets the touched rows to zero and forgets them.
  func clear(in gradients: FloatBuffer) {
    let table = slice.pointer(in: gradients.base)
    for id in touched {
      (table + Int(id) * width).update(repeating: 0, count: width)
      isTouched[Int(id)] = false
    }
    touched.removeAll(keepingCapacity: true)
  }

  /// The sum of the squares of the touched rows.
  func sumOfSquares(in gradients: FloatBuffer) -> Double {
    let table = slice.pointer(in: gradients.base)
    return touched.reduce(0) {
      $0 + Kernels.sumOfSquares(table + Int($1) * width, count: width)
    }
  }
}

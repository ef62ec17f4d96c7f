import Kernels
import Runtime
import TestSupport
import Testing
import Training

/// What AdamW does to the rows of an embedding table, of which each step touches some.
@Suite struct AdamWSparseTests {
  static let rows = 6
  static let width = 3
  /// The rows that each step touches: row 0 always, row 5 never, others with pauses.
  static let touched: [[Int32]] = [
    [0, 1, 2], [0], [0, 3], [0], [2, 0], [0], [4, 0], [0, 1], [0], [0, 2, 3], [0], [0], [1, 0],
  ]

  @Test(arguments: [0, 1, 2, 3, 5, 100])
  func rowsAreSteppedForTheHorizonAndThenSleep(_ horizon: Int) {
    let (table, dense) = run(horizon: horizon)
    let twin = twin(horizon: horizon)
    #expect(distance(table, twin) < 1e-6)
    #expect(distance(Array(table.suffix(Self.width)), initial(row: 5)) == 0)
    // The dense parameter behind the table is stepped as ever.
    #expect(distance(dense, run(horizon: 100).dense) == 0)
    #expect(dense.allSatisfy { $0 < 0 })
  }

  @Test func anEndlessHorizonIsDenseAdamWOfTheTouchedRows() {
    let (table, _) = run(horizon: 1000)
    for row in 0..<5 {
      let first = Self.touched.firstIndex { $0.contains(Int32(row)) } ?? 0
      for column in 0..<Self.width {
        var (w, m, v) = (initial(row: row)[column], 0.0, 0.0)
        for step in first..<Self.touched.count {
          w = Naive.adamW(
            w: w, g: gradient(step, row, column), m: &m, v: &v, step: step + 1,
            learningRate: 0.01, decay: 0.1)
        }
        #expect(abs(w - table[row * Self.width + column]) < 1e-6)
      }
    }
  }

  @Test func theTableIsTheSameAtAnyNumberOfThreads() {
    #expect(run(horizon: 2, threads: 1).table == run(horizon: 2, threads: 3).table)
  }

  /// The table and a dense parameter behind it after all steps.
  private func run(horizon: Int, threads: Int = 2) -> (table: [Double], dense: [Double]) {
    var layout = ParameterLayout()
    let table = layout.add("table.weight", Self.rows, Self.width)
    let dense = layout.add("dense.weight", 2, 2)
    let parameters = FloatBuffer(count: layout.count)
    let gradients = FloatBuffer(count: layout.count)
    for row in 0..<Self.rows {
      for (column, value) in initial(row: row).enumerated() {
        table.matrix(in: parameters.base)[row, column] = Float(value)
      }
    }
    var settings = AdamW.Settings()
    settings.weightDecay = 0.1
    settings.horizon = horizon
    let optimizer = AdamW(layout: layout, sparseTables: [table], settings: settings)
    for (step, touched) in Self.touched.enumerated() {
      gradients.clear()
      dense.matrix(in: gradients.base).row(0).update(repeating: 1, count: dense.count)
      for row in touched {
        for column in 0..<Self.width {
          table.matrix(in: gradients.base)[Int(row), column] = Float(
            gradient(step, Int(row), column))
        }
      }
      optimizer.step(
        parameters, gradients: gradients, touched: [touched], gradientScale: 1, learningRate: 0.01,
        workers: Workers(threads))
    }
    return (
      table.matrix(in: parameters.base).elements, dense.matrix(in: parameters.base).elements
    )
  }

  /// The description of AdamW's sparse tables, row by row in double precision.
  private func twin(horizon: Int) -> [Double] {
    (0..<Self.rows).flatMap { row in
      var (w, m, v) = (initial(row: row), [0.0, 0, 0], [0.0, 0, 0])
      var sinceTouched: Int?
      for (step, touched) in Self.touched.enumerated() {
        sinceTouched = touched.contains(Int32(row)) ? 0 : sinceTouched.map { $0 + 1 }
        guard let sinceTouched else { continue }
        for column in 0..<Self.width {
          if sinceTouched <= horizon {
            w[column] = Naive.adamW(
              w: w[column], g: gradient(step, row, column), m: &m[column], v: &v[column],
              step: step + 1, learningRate: 0.01, decay: 0.1)
          } else {
            m[column] *= 0.9
            v[column] *= 0.999
          }
        }
      }
      return w
    }
  }

  private func initial(row: Int) -> [Double] {
    chirp(Self.width, phase: Double(row)).map { Double($0) }
  }

  /// The gradient of an element at a step; 0 where the row is not touched.
  private func gradient(_ step: Int, _ row: Int, _ column: Int) -> Double {
    guard Self.touched[step].contains(Int32(row)) else { return 0 }
    return Double(chirp(column + 1, phase: Double(7 * step + row), scale: 0.5)[column])
  }
}

extension Matrix {
  /// The elements, row after row.
  var elements: [Double] {
    (0..<rows).flatMap { r in (0..<columns).map { Double(self[r, $0]) } }
  }
}

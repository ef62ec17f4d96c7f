import JSON
import Kernels
import Runtime
import TestSupport
import Testing
import Training

/// The steps of Tests/References/training.py, in which torch steps the whole table and this package the touched rows.
@Suite struct AdaDeltaTests {
  @Test(arguments: [1, 3]) func stepsOnTouchedRowsEqualPyTorchsOnTheWholeTable(threads: Int) throws
  {
    let reference = try #require(TrainingReference().json["adadelta"])
    let expected = try #require(reference["parameters"]?.array)
    let touched = try reference.lists("touched")
    #expect(expected.count == 13)
    var layout = ParameterLayout()
    let table = layout.add("table.weight", 6, 3)
    let bias = layout.add("dense.bias", 4)
    let parameters = FloatBuffer(count: layout.count)
    let gradients = FloatBuffer(count: layout.count)
    for slice in [table, bias] {
      fill(slice, of: parameters, with: chirp(slice.count, phase: chirpPhase(of: slice.name)))
    }
    let optimizer = AdaDelta(layout: layout, sparseTables: [table], settings: .init())
    for (step, rows) in touched.enumerated() {
      let scale = [0.01, 0.1, 1, 10][step % 4]
      // Rows that are not touched hold what must not be read.
      fill(table, of: gradients, with: [Float](repeating: .nan, count: table.count))
      let values = chirp(table.count, phase: Double(step) + 0.5, scale: scale)
      for row in rows {
        for n in 3 * row..<3 * row + 3 { gradients.base[table.offset + n] = values[n] }
      }
      fill(bias, of: gradients, with: chirp(4, phase: Double(step) + 0.25, scale: scale))
      optimizer.step(
        parameters, gradients: gradients, touched: [rows.map { Int32($0) }], gradientScale: 1,
        learningRate: 1, workers: Workers(threads))
      #expect(
        distance(
          parameters.values.map { Double($0) },
          try #require(expected[step].array).compactMap(\.double)) < 2e-6, "step \(step)")
    }
  }

  private func fill(_ slice: ParameterSlice, of buffer: FloatBuffer, with values: [Float]) {
    for (n, value) in values.enumerated() { buffer.base[slice.offset + n] = value }
  }
}

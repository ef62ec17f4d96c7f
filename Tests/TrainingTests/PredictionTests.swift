import Kernels
import Networks
import Runtime
import Synchronization
import Testing
import Training

@Suite struct PredictionTests {
  @Test(arguments: [1, 40, 10_000], [1, 3])
  func logitsDoNotDependOnBatchesAndThreads(rowsPerBatch: Int, threads: Int) throws {
    let task = try TinyTask()
    let (network, parameters) = (task.network, task.parameters())
    let results = Mutex([[Double]](repeating: [], count: task.inputs.count))
    let prediction = Prediction(
      network, parameters: parameters, workers: Workers(threads), rowsPerBatch: rowsPerBatch)
    prediction.forEach(task.inputs) { sentence, logits in
      let elements = logits.elements
      results.withLock { $0[sentence] = elements }
    }
    let labels = prediction.labels(task.inputs)
    for (sentence, input) in task.inputs.enumerated() {
      let workspace = Workspace()
      let expected = withExtendedLifetime((parameters, workspace)) {
        network.logits([input], parameters: parameters.base, workspace: workspace).elements
      }
      let found = results.withLock { $0[sentence] }
      #expect(distance(found, expected) < 1e-5)
      let width = network.labels.count
      let best = stride(from: 0, to: found.count, by: width).map { start in
        (0..<width).reduce(0) { found[start + $1] > found[start + $0] ? $1 : $0 }
      }
      #expect(labels[sentence].map { Int($0) } == best)
    }
  }

  @Test func ofEqualLogitsTheFirstWins() {
    let values = FloatBuffer(count: 6)
    for (n, value) in [1, 3, 3, 2, 2, 2].enumerated() { values.base[n] = Float(value) }
    let matrix = Matrix(values.base, rows: 2, columns: 3)
    #expect((0..<2).map { matrix.largestColumn(ofRow: $0) } == [1, 0])
    withExtendedLifetime(values) {}
  }

  @Test func nothingIsPredictedOfNothing() throws {
    let task = try TinyTask()
    let prediction = Prediction(
      task.network, parameters: task.parameters(), workers: Workers(2))
    #expect(prediction.labels([]).isEmpty)
    #expect(prediction.labels([BERTInput(ids: [1, 2], firstPieces: [])]) == [[]])
  }
}

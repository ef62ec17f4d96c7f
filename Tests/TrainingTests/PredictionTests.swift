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

  /// A sentence of many windows, read a few windows at a time, has the logits that it has when it is read at once.
  @Test(arguments: [1, 30, 10_000], [1, 3])
  func windowsGiveWhatTheWholeSentenceGives(rowsPerBatch: Int, threads: Int) throws {
    let task = try TinyTask()
    let (network, parameters) = (task.network, task.parameters())
    let (long, short) = (try LongSentence(words: 50).input, task.inputs[0])
    let windows = network.windows(of: long)
    #expect(windows.count > 10)
    #expect(windows.flatMap { Array($0.kept) } == Array(0..<50))
    #expect(windows.allSatisfy { network.cost(of: $0.input) <= LongSentence.window })
    let inputs = [long, short, long]
    let found = Mutex([[Double]](repeating: [], count: inputs.count))
    Prediction(
      network, parameters: parameters, workers: Workers(threads), rowsPerBatch: rowsPerBatch
    ).forEach(inputs) { sentence, logits in
      let elements = logits.elements
      found.withLock { $0[sentence] = elements }
    }
    for (sentence, input) in inputs.enumerated() {
      let workspace = Workspace()
      let expected = withExtendedLifetime((parameters, workspace)) {
        network.logits([input], parameters: parameters.base, workspace: workspace).elements
      }
      #expect(distance(found.withLock { $0[sentence] }, expected) < 1e-5)
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

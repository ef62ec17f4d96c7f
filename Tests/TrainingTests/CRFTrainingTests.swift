import Kernels
import Labels
import Layers
import Networks
import Runtime
import Testing
import Training

/// A network whose logits are a row of parameters for each word, with a CRF on them.
private struct TableNetwork: Classifier {
  let layout: ParameterLayout
  let labels = ["O", "B-A", "I-A"]
  let table: Embedding
  let crf: CRF?
  var sparseTables: [ParameterSlice] { [] }

  init(words: Int, hasCRF: Bool) {
    var layout = ParameterLayout()
    table = Embedding(into: &layout, name: "table", size: words, dimension: 3)
    crf =
      hasCRF
      ? CRF(CRFTensors(into: &layout, labels: 3), labels: ["O", "B-A", "I-A"]) : nil
    self.layout = layout
  }

  func cost(of input: [Int32]) -> Int { input.count }
  func rowCount(of input: [Int32]) -> Int { input.count }

  /// Five words at a time, with a word of context on either side.
  func windows(of input: [Int32]) -> [InputWindow<[Int32]>] {
    stride(from: 0, to: input.count, by: 5).map { start in
      let kept = start..<min(start + 5, input.count)
      let read = max(start - 1, 0)..<min(kept.upperBound + 1, input.count)
      return InputWindow(input: Array(input[read]), read: read, kept: kept)
    }
  }

  func loss(
    _ objective: LogitObjective, parameters: UnsafeMutablePointer<Float>
  ) -> any ExampleLoss {
    crf.map { CRFLoss($0, objective: objective, parameters: parameters) } ?? RowLoss(objective)
  }

  func decoder(
    _ parameters: UnsafeMutablePointer<Float>
  ) -> @Sendable (_ logits: Matrix) -> [Int] {
    guard let chain = crf?.chain(parameters) else {
      return { logits in (0..<logits.rows).map { logits.largestColumn(ofRow: $0) } }
    }
    return { chain.bestLabels($0.base, words: $0.rows) }
  }

  func logits(
    _ inputs: [[Int32]], parameters: UnsafeMutablePointer<Float>, workspace: Workspace
  ) -> Matrix {
    let words = Array(inputs.joined())
    let logits = workspace.zeros(words.count, 3)
    words.withUnsafeBufferPointer { table.addRows($0, to: logits, parameters: parameters) }
    return logits
  }

  func step(
    _ inputs: [[Int32]], parameters: UnsafeMutablePointer<Float>,
    gradients: UnsafeMutablePointer<Float>, workspace: Workspace, dropout: DropoutContext?,
    deferred: WeightProducts?, loss: (Matrix, Matrix) -> Double
  ) -> (loss: Double, sparse: [SparseGradient]) {
    let logits = logits(inputs, parameters: parameters, workspace: workspace)
    let dLogits = workspace.zeros(logits.rows, 3)
    let value = loss(logits, dLogits)
    Array(inputs.joined()).withUnsafeBufferPointer {
      table.backward($0, dY: dLogits, gradients: gradients)
    }
    return (value, [])
  }
}

/// Sentences of one and the same word, whose labels only their order tells: B-A I-A O B-A I-A O ...
@Suite struct CRFTrainingTests {
  private let gold: [[Int32]] = (1...24).map { length in (0..<length).map { [1, 2, 0][$0 % 3] } }

  private func train(
    hasCRF: Bool, threads: Int, objective: LogitObjective = .goldLabels,
    teacher: FormulaLogits? = nil
  ) throws -> (outcome: TrainingOutcome, parameters: [Float]) {
    let network = TableNetwork(words: 2, hasCRF: hasCRF)
    let parameters = FloatBuffer(count: network.layout.count)
    var settings = TrainingSettings()
    settings.epochs = 12
    settings.batchSize = 5
    settings.learningRate = 0.1
    let inputs = gold.map { $0.map { _ in Int32(1) } }
    var row = 0
    let examples = zip(inputs, gold).map { input, gold in
      defer { row += gold.count }
      return TrainingExample(input: input, gold: gold, teacherRow: row)
    }
    let trainer = Trainer(
      network, parameters: parameters, settings: settings, workers: Workers(threads))
    let tags = gold.map { $0.map { network.labels[Int($0)] } }
    let outcome = try trainer.train(
      examples, teacherLogits: teacher, objective: ObjectiveSchedule(objective),
      dev: Trainer.DevSet(inputs: inputs, gold: tags, labels: network.labels))
    return (outcome, parameters.values)
  }

  @Test func transitionsAreLearntAndDecide() throws {
    #expect(try train(hasCRF: true, threads: 2).outcome.devScores.last == 1)
    #expect(try train(hasCRF: false, threads: 2).outcome.devScores.allSatisfy { $0 < 0.5 })
  }

  /// A window's context adds nothing to its loss: the words that it answers for are taught as if they stood alone.
  @Test(arguments: [false, true]) func theContextOfAWindowIsNotTaught(hasCRF: Bool) throws {
    let network = TableNetwork(words: 4, hasCRF: hasCRF)
    let words = (0..<23).map { Int32($0 * 7 % 4) }
    let gold = (0..<23).map { Int32([1, 2, 0][$0 % 3]) }
    let teacher = FormulaLogits(rows: 30, labels: 3)
    let whole = TrainingExample(input: words, gold: gold, teacherRow: 4)
    let windows = whole.windows(for: network)
    let alone = stride(from: 0, to: 23, by: 5).map { start in
      let range = start..<min(start + 5, 23)
      return TrainingExample(
        input: Array(words[range]), gold: Array(gold[range]), teacherRow: 4 + start)
    }
    #expect(windows.map { $0.input.count } == [6, 7, 7, 7, 4])
    func train(_ examples: [TrainingExample<[Int32]>]) throws -> (TrainingOutcome, [Float]) {
      var settings = TrainingSettings()
      settings.epochs = 4
      settings.learningRate = 0.1
      let parameters = FloatBuffer(count: network.layout.count)
      let outcome = try Trainer(
        network, parameters: parameters, settings: settings, workers: Workers(2)
      ).train(
        examples, teacherLogits: teacher,
        objective: ObjectiveSchedule(
          LogitObjective(
            meanSquaredError: 0.2, divergence: 0.5, temperature: 2, crossEntropy: 0.5)),
        dev: nil)
      return (outcome, parameters.values)
    }
    let (outcome, parameters) = try train(windows)
    let (aloneOutcome, aloneParameters) = try train(alone)
    #expect(outcome.rows == 4 * 23 && aloneOutcome.rows == 4 * 23)
    #expect(distance(outcome.losses, aloneOutcome.losses) < 1e-5)
    #expect(distance(parameters.map(Double.init), aloneParameters.map(Double.init)) < 1e-4)
  }

  @Test func theBytesAreTheSameAtAnyNumberOfThreads() throws {
    let teacher = FormulaLogits(rows: gold.joined().count, labels: 3)
    let objective = LogitObjective(divergence: 0.5, temperature: 2, crossEntropy: 0.5)
    let one = try train(hasCRF: true, threads: 1, objective: objective, teacher: teacher)
    let two = try train(hasCRF: true, threads: 2, objective: objective, teacher: teacher)
    #expect(one.outcome.losses == two.outcome.losses)
    #expect(one.parameters == two.parameters)
    #expect(one.outcome.losses.allSatisfy { $0 > 0 })
  }
}

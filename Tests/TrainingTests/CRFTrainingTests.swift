import Kernels
import Layers
import Networks
import Runtime
import Testing
import Training

/// A network whose logits are a row of parameters for each word, with a CRF on them.
private struct TableNetwork: TokenClassifier {
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
  func wordCount(of input: [Int32]) -> Int { input.count }

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
    hasCRF: Bool, threads: Int, objective: TokenObjective = .goldLabels,
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
      dev: Trainer.DevSet(inputs: inputs, gold: tags))
    return (outcome, parameters.values)
  }

  @Test func transitionsAreLearntAndDecide() throws {
    #expect(try train(hasCRF: true, threads: 2).outcome.devF1.last == 1)
    #expect(try train(hasCRF: false, threads: 2).outcome.devF1.allSatisfy { $0 < 0.5 })
  }

  @Test func theBytesAreTheSameAtAnyNumberOfThreads() throws {
    let teacher = FormulaLogits(rows: gold.joined().count, labels: 3)
    let objective = TokenObjective(divergence: 0.5, temperature: 2, crossEntropy: 0.5)
    let one = try train(hasCRF: true, threads: 1, objective: objective, teacher: teacher)
    let two = try train(hasCRF: true, threads: 2, objective: objective, teacher: teacher)
    #expect(one.outcome.losses == two.outcome.losses)
    #expect(one.parameters == two.parameters)
    #expect(one.outcome.losses.allSatisfy { $0 > 0 })
  }
}

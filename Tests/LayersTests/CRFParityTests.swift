import JSON
import Kernels
import Labels
import Layers
import Testing

/// A CRF with its scores, one sentence's logits and the teacher's, filled by the formula of Tests/References/crf.py.
struct CRFBench {
  let crf: CRF
  let parameters: FloatBuffer
  let gradients: FloatBuffer
  let logits: FloatBuffer
  let dLogits: FloatBuffer
  var teacher: [Float]
  let words: Int
  let labels: Int

  init(labels: [String], words: Int, scale: Double) {
    var layout = ParameterLayout()
    crf = CRF(CRFTensors(into: &layout, labels: labels.count), labels: labels)
    self.words = words
    self.labels = labels.count
    parameters = FloatBuffer(count: layout.count)
    gradients = FloatBuffer(count: layout.count)
    logits = FloatBuffer(count: words * labels.count)
    dLogits = FloatBuffer(count: logits.count)
    for (phase, slice) in [crf.tensors.start, crf.tensors.end, crf.tensors.transitions].enumerated()
    {
      for (n, value) in formula(slice.count, phase: Double(phase + 1)).enumerated() {
        parameters.base[slice.offset + n] = Float(scale * value)
      }
    }
    for (n, value) in formula(logits.count, phase: 4).enumerated() {
      logits.base[n] = Float(scale * value)
    }
    teacher = formula(logits.count, phase: 5).map { Float(scale * $0) }
  }

  /// The loss; gradients are added to.
  func run(_ objective: LogitObjective, gold: [Int]?, scale: Float = 1) -> Double {
    var crfLoss = CRFLoss(crf, objective: objective, parameters: parameters.base)
    let loss = teacher.withUnsafeBufferPointer {
      crfLoss.example(
        Matrix(logits.base, rows: words, columns: labels),
        teacher: teacher.isEmpty ? nil : $0.baseAddress, gold: gold,
        gradient: Matrix(dLogits.base, rows: words, columns: labels), scale: scale)
    }
    crfLoss.addGradients(to: gradients.base)
    return loss
  }

  func gradient(_ slice: ParameterSlice) -> [Double] {
    gradients.values[slice.range].map { Double($0) }
  }
}

@Suite struct CRFParityTests {
  @Test func lossAndGradientsEqualTheEnumerationInPyTorch() throws {
    let references = try ReferenceCase.read("crf.json")
    #expect(references.count == 6)
    for reference in references {
      func strings(_ key: String) throws -> [String] {
        try #require(reference.json[key]?.array).compactMap(\.string)
      }
      func number(_ key: String) throws -> Double { try #require(reference.json[key]?.double) }
      let (labels, gold) = (try strings("labels"), try strings("gold"))
      let scale = try number("scale")
      let bench = CRFBench(labels: labels, words: gold.count, scale: scale)
      let loss = bench.run(
        LogitObjective(
          divergence: Float(try number("divergence")),
          temperature: Float(try number("temperature")),
          crossEntropy: Float(try number("cross_entropy"))),
        gold: gold.compactMap { labels.firstIndex(of: $0) })
      let expected = try number("loss")
      #expect(abs(loss - expected) < 1e-6 * max(1, expected), "\(gold)")
      let dLogits = bench.dLogits.values.map { Double($0) }
      #expect(distance(dLogits, try reference.gradient("logits")) < 2e-6)
      for (name, slice) in [
        ("start", bench.crf.tensors.start), ("end", bench.crf.tensors.end),
        ("transitions", bench.crf.tensors.transitions),
      ] {
        #expect(distance(bench.gradient(slice), try reference.gradient(name)) < 2e-6, "\(name)")
      }
    }
  }

  static let objectives = [
    LogitObjective.goldLabels, LogitObjective(divergence: 1),
    LogitObjective(divergence: 0.7, temperature: 3, crossEntropy: 0.4),
    LogitObjective(meanSquaredError: 1, crossEntropy: 0.5),
  ]

  @Test(arguments: objectives) func gradientsEqualFiniteDifferences(_ objective: LogitObjective) {
    let names = ["O", "B-A", "I-A", "B-B", "I-B"]
    for words in [1, 2, 9] {
      let bench = CRFBench(labels: names, words: words, scale: 3)
      let gold = (0..<words).map { [1, 2, 2, 0, 3, 4, 1, 3, 0][$0] }
      _ = bench.run(objective, gold: gold)
      let (scores, dLogits) = (bench.gradients.values, bench.dLogits.values)
      for (buffer, gradient) in [(bench.parameters, scores), (bench.logits, dLogits)] {
        for n in 0..<buffer.count {
          let value = buffer.base[n]
          let losses = [Float(0.01), -0.01].map { step in
            buffer.base[n] = value + step
            return bench.run(objective, gold: gold)
          }
          buffer.base[n] = value
          #expect(abs((losses[0] - losses[1]) / 0.02 - Double(gradient[n])) < 1e-3)
        }
      }
    }
  }

  @Test func theDivergenceFromATeacherLikeItselfIsZero() {
    var bench = CRFBench(labels: ["O", "B-A", "I-A"], words: 6, scale: 20)
    bench.parameters.clear()
    bench.teacher = bench.logits.values
    let loss = bench.run(LogitObjective(divergence: 1, temperature: 2), gold: nil)
    #expect(abs(loss) < 1e-9)
    #expect(bench.gradients.values.allSatisfy { abs($0) < 1e-9 })
    #expect(bench.dLogits.values.allSatisfy { abs($0) < 1e-9 })
  }

  @Test func whatHasNoTargetHasNoLossAndTheScaleScales() {
    var bench = CRFBench(labels: ["O", "B-A", "I-A"], words: 4, scale: 3)
    let objective = LogitObjective(divergence: 1, crossEntropy: 1)
    let whole = bench.run(objective, gold: [0, 1, 2, 0])
    let gradients = (bench.dLogits.values, bench.gradients.values)
    bench.gradients.clear()
    bench.dLogits.clear()
    #expect(abs(bench.run(objective, gold: [0, 1, 2, 0], scale: 0.5) - whole / 2) < 1e-6)
    #expect(zip(bench.dLogits.values, gradients.0).allSatisfy { abs(2 * $0 - $1) < 1e-6 })
    #expect(zip(bench.gradients.values, gradients.1).allSatisfy { abs(2 * $0 - $1) < 1e-6 })
    bench.dLogits.clear()
    bench.teacher = []
    #expect(bench.run(objective, gold: nil) == 0)
    #expect(bench.dLogits.values.allSatisfy { $0 == 0 })
  }

  @Test func anIllegalGoldLabelCountsAsItsBeginning() {
    let bench = CRFBench(labels: ["O", "B-A", "I-A"], words: 3, scale: 3)
    let loss = bench.run(.goldLabels, gold: [2, 2, 0])
    #expect(loss == bench.run(.goldLabels, gold: [1, 2, 0]))
    #expect(loss.isFinite)
  }
}

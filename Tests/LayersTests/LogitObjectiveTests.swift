import JSON
import Kernels
import Layers
import TestSupport
import Testing

/// The losses and their gradients against PyTorch (Tests/References/layers.py) and finite differences.
@Suite struct TokenObjectiveTests {
  @Test func lossesAndGradientsEqualPyTorchs() throws {
    let references = try ReferenceCase.read("objectives.json")
    #expect(references.count == 8)
    for reference in references {
      let (words, labels) = (try reference.size("words"), try reference.size("labels"))
      let size = try #require(reference.json["size"]?.double)
      let weights = try reference.numbers("weights").map { Float($0) }
      let objective = LogitObjective(
        meanSquaredError: weights[0], divergence: weights[1], temperature: weights[2],
        crossEntropy: weights[3])
      let z = chirp(words * labels, phase: 0.3, scale: size)
      let t = chirp(words * labels, phase: 1.7, scale: size)
      var losses: [Double] = []
      var gradient: [Double] = []
      for word in 0..<words {
        let range = word * labels..<(word + 1) * labels
        let (loss, dZ) = run(
          objective, z: Array(z[range]), teacher: Array(t[range]), gold: (3 * word + 1) % labels)
        losses.append(loss)
        gradient += dZ
      }
      let expected = try reference.numbers("losses")
      for (loss, expected) in zip(losses, expected) {
        #expect(abs(loss - expected) < 2e-6 * max(1, expected), "\(objective)")
      }
      #expect(distance(gradient, try reference.numbers("gradient")) < 2e-6 * size, "\(objective)")
    }
  }

  static let objectives = [
    LogitObjective(meanSquaredError: 1), LogitObjective(divergence: 1),
    LogitObjective(divergence: 1, temperature: 2), LogitObjective(divergence: 1, temperature: 4),
    LogitObjective.goldLabels,
    LogitObjective(meanSquaredError: 0.3, divergence: 0.6, temperature: 3, crossEntropy: 0.5),
  ]

  @Test(arguments: objectives)
  func gradientsEqualFiniteDifferences(_ objective: LogitObjective) {
    for labels in [1, 2, 3, 9, 17] {
      var z = chirp(labels, phase: 0.9, scale: 2)
      let teacher = chirp(labels, phase: 0.1, scale: 2)
      let (_, gradient) = run(objective, z: z, teacher: teacher, gold: labels / 2)
      for index in z.indices {
        let value = z[index]
        let losses = [Float(0.02), -0.02].map { step in
          z[index] = value + step
          return run(objective, z: z, teacher: teacher, gold: labels / 2).loss
        }
        z[index] = value
        #expect(abs((losses[0] - losses[1]) / 0.04 - gradient[index]) < 2e-4)
      }
    }
  }

  @Test func whatHasNoTargetHasNoLoss() {
    let all = LogitObjective(meanSquaredError: 1, divergence: 1, crossEntropy: 1)
    let z: [Float] = [1, 2, 3]
    #expect(run(all, z: z, teacher: nil, gold: nil) == (0, [0, 0, 0]))
    #expect(
      run(all, z: z, teacher: nil, gold: 1)
        == run(.goldLabels, z: z, teacher: nil, gold: 1))
    #expect(
      run(all, z: z, teacher: [3, 1, 2], gold: nil)
        == run(
          LogitObjective(meanSquaredError: 1, divergence: 1), z: z, teacher: [3, 1, 2], gold: 2))
  }

  @Test func divergenceIsZeroWhereTheStudentEqualsTheTeacher() {
    let z = chirp(9, phase: 0, scale: 30)
    for temperature in [Float(1), 2, 4] {
      let objective = LogitObjective(divergence: 1, temperature: temperature)
      let (loss, gradient) = run(objective, z: z, teacher: z, gold: nil)
      #expect(abs(loss) < 1e-6)
      #expect(gradient.allSatisfy { abs($0) < 1e-6 })
    }
  }

  /// The loss and the gradient at a scale of 0.25.
  private func run(
    _ objective: LogitObjective, z: [Float], teacher: [Float]?, gold: Int?
  ) -> (loss: Double, gradient: [Double]) {
    var gradient = [Float](repeating: 0, count: z.count)
    var scratch = [Float](repeating: .nan, count: 2 * z.count)
    let loss = z.withUnsafeBufferPointer { z in
      if let teacher {
        objective.row(
          z, teacher: teacher, gold: gold, gradient: &gradient, scale: 0.25, scratch: &scratch)
      } else {
        objective.row(
          z, teacher: nil, gold: gold, gradient: &gradient, scale: 0.25, scratch: &scratch)
      }
    }
    return (loss, gradient.map { Double($0) })
  }
}

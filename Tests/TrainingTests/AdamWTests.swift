import JSON
import Kernels
import Runtime
import TestSupport
import Testing
import Training

@Suite struct AdamWTests {
  @Test func tenStepsEqualPyTorchs() throws {
    var layout = ParameterLayout()
    let slices = [layout.add("dense.weight", 3, 7), layout.add("dense.bias", 3)]
    let parameters = FloatBuffer(count: layout.count)
    let gradients = FloatBuffer(count: layout.count)
    for slice in slices {
      fill(slice, of: parameters, with: chirp(slice.count, phase: chirpPhase(of: slice.name)))
    }
    var settings = AdamW.Settings()
    settings.weightDecay = 0.1
    let optimizer = AdamW(layout: layout, sparseTables: [], settings: settings)
    let reference = try #require(TrainingReference().json["adamw"]?["parameters"]?.array)
    #expect(reference.count == 10)
    for (step, expected) in reference.enumerated() {
      let scale = [0.01, 0.1, 1, 10][step % 4]
      for slice in slices {
        fill(
          slice, of: gradients, with: chirp(slice.count, phase: Double(step) + 0.25, scale: scale))
      }
      optimizer.step(
        parameters, gradients: gradients, touched: [], gradientScale: 1,
        learningRate: 0.01 * Float(10 - step) / 10, workers: Workers(2))
      let values = parameters.values.map { Double($0) }
      #expect(
        distance(values, try #require(expected.array).compactMap(\.double)) < 2e-6,
        "step \(step)")
    }
  }

  @Test func theGradientIsScaledFirst() {
    var layout = ParameterLayout()
    _ = layout.add("w", 5)
    let results = [(Float(0.25), Float(4)), (1, 1)].map { scale, size in
      let parameters = FloatBuffer(count: 5)
      let gradients = FloatBuffer(count: 5)
      let optimizer = AdamW(layout: layout, sparseTables: [], settings: .init())
      for step in 0..<3 {
        for n in 0..<5 { gradients.base[n] = size * Float(n - step) }
        optimizer.step(
          parameters, gradients: gradients, touched: [], gradientScale: scale, learningRate: 0.1,
          workers: Workers(1))
      }
      return parameters.values
    }
    #expect(results[0] == results[1])
  }

  @Test(arguments: [
    ("bert.encoder.layer.0.output.dense.weight", true), ("classifier.bias", false),
    ("bert.embeddings.LayerNorm.weight", false), ("lstm.weight_hh_l0", true),
    ("distilbert.transformer.layer.0.sa_layer_norm.weight", false),
    ("mpnet.encoder.relative_attention_bias.weight", true),
    ("lstm.bias_ih_l0_reverse", false), ("bert.embeddings.word_embeddings.weight", true),
  ])
  func biasesAndNormsDoNotDecay(_ name: String, _ decays: Bool) {
    #expect(AdamW.decays(name) == decays)
  }

  private func fill(_ slice: ParameterSlice, of buffer: FloatBuffer, with values: [Float]) {
    for (n, value) in values.enumerated() { buffer.base[slice.offset + n] = value }
  }
}

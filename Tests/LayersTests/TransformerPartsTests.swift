import JSON
import Kernels
import Layers
import TestSupport
import Testing

/// Linear, LayerNorm, Embedding, SelfAttention, FeedForward, TransformerLayer and Pooler against PyTorch
/// (Tests/References/layers.py) and against finite differences.
@Suite struct TransformerPartsTests {
  struct Shape: Sendable, CustomTestStringConvertible {
    let layer: String
    let sizes: [Int]
    let lengths: [Int]
    var ids: [Int32] = []
    var dropout: (hidden: Float, attention: Float)?
    var testDescription: String { "\(layer) \(sizes), lengths \(lengths), \(dropout ?? (0, 0))" }

    func bench() throws -> LayerBench {
      let layerUnderTest: LayerUnderTest? =
        switch layer {
        case "linear": .linear(inputs: sizes[0], outputs: sizes[1])
        case "layer_norm": .layerNorm(size: sizes[0])
        case "embedding": .embedding(ids: ids, size: sizes[0], dimension: sizes[1])
        case "attention":
          .attention(hidden: sizes[0], heads: sizes[1], dropout: dropout?.attention ?? 0)
        case "relative_attention":
          .attention(
            hidden: sizes[0], heads: sizes[1], dropout: dropout?.attention ?? 0, hasBias: true)
        case "feed_forward": .feedForward(hidden: sizes[0], intermediate: sizes[1])
        case "feed_forward_tanh":
          .feedForward(hidden: sizes[0], intermediate: sizes[1], activation: .geluTanh)
        case "pooler_tanh": .pooler(size: sizes[0], activation: .tanh)
        case "pooler_relu": .pooler(size: sizes[0], activation: .relu)
        case "transformer":
          .transformer(
            hidden: sizes[0], heads: sizes[1], intermediate: sizes[2], dropout: dropout)
        default: nil
        }
      return LayerBench(try #require(layerUnderTest), lengths: lengths) {
        layer == "layer_norm" ? $0.hasSuffix("weight") : $0.hasSuffix("LayerNorm.weight")
      }
    }
  }

  @Test func outputsAndAllGradientsEqualPyTorchs() throws {
    let references = try ReferenceCase.read("transformer.json")
    #expect(references.count == 18)
    for reference in references {
      let shape = Shape(
        layer: try #require(reference.json["layer"]?.string),
        sizes: try reference.numbers("sizes").map { Int($0) },
        lengths: try reference.numbers("lengths").map { Int($0) },
        ids: (reference.json["ids"]?.array ?? []).compactMap { $0.int.map { Int32($0) } })
      let bench = try shape.bench()
      let (output, inputGradient) = bench.run()
      #expect(distance(output, try reference.numbers("output")) < 2e-5, "\(shape)")
      if bench.layer.inputs > 0 {
        try expectClose(inputGradient, reference.numbers("input_gradient"), "input of \(shape)")
      }
      for slice in bench.layer.layout.slices {
        try expectClose(
          bench.gradient(slice), reference.gradient(slice.name), "\(slice.name) of \(shape)")
      }
    }
  }

  static let shapes = [
    Shape(layer: "linear", sizes: [1, 1], lengths: [1]),
    Shape(layer: "linear", sizes: [5, 3], lengths: [2, 4]),
    Shape(layer: "layer_norm", sizes: [7], lengths: [3]),
    Shape(layer: "layer_norm", sizes: [19], lengths: [1, 2]),
    Shape(layer: "embedding", sizes: [5, 3], lengths: [4], ids: [4, 0, 4, 2]),
    Shape(layer: "attention", sizes: [4, 4], lengths: [1]),
    Shape(layer: "attention", sizes: [6, 2], lengths: [5, 1, 3]),
    Shape(layer: "attention", sizes: [6, 3], lengths: [7, 2], dropout: (0, 0.3)),
    Shape(layer: "relative_attention", sizes: [4, 2], lengths: [1]),
    Shape(layer: "relative_attention", sizes: [6, 2], lengths: [5, 12, 3]),
    Shape(layer: "relative_attention", sizes: [6, 3], lengths: [7, 2], dropout: (0, 0.3)),
    Shape(layer: "feed_forward_tanh", sizes: [3, 5], lengths: [4]),
    Shape(layer: "feed_forward", sizes: [3, 5], lengths: [4]),
    Shape(layer: "feed_forward", sizes: [6, 2], lengths: [1, 1]),
    Shape(layer: "pooler_tanh", sizes: [1], lengths: [1]),
    Shape(layer: "pooler_tanh", sizes: [7], lengths: [5]),
    Shape(layer: "pooler_relu", sizes: [5], lengths: [3]),
    Shape(layer: "transformer", sizes: [4, 1, 3], lengths: [1]),
    Shape(layer: "transformer", sizes: [6, 2, 9], lengths: [3, 1, 4]),
    Shape(layer: "transformer", sizes: [6, 3, 7], lengths: [2, 5], dropout: (0.25, 0)),
    Shape(layer: "transformer", sizes: [8, 2, 5], lengths: [4, 1, 3], dropout: (0.2, 0.3)),
  ]

  @Test(arguments: shapes) func everyGradientEqualsTheFiniteDifference(_ shape: Shape) throws {
    let findings = GradientCheck.findings(try shape.bench())
    #expect(findings.isEmpty, "\(findings)")
  }

  @Test func dropoutChangesTheOutputAndNothingElseDoes() throws {
    func output(_ dropout: (Float, Float)?) throws -> [Double] {
      try Shape(layer: "transformer", sizes: [8, 2, 5], lengths: [4, 1, 3], dropout: dropout)
        .bench().run().output
    }
    #expect(try output((0, 0)) == output(nil))
    #expect(try output((0.2, 0)) != output(nil))
    #expect(try output((0, 0.2)) != output(nil))
    #expect(try output((0.2, 0.3)) == output((0.2, 0.3)))
  }

  @Test func gradientsAreAccumulated() throws {
    for shape in Self.shapes {
      let bench = try shape.bench()
      _ = bench.run()
      let once = bench.gradients.values.map { 2 * Double($0) }
      _ = bench.run()
      #expect(distance(bench.gradients.values.map { Double($0) }, once) < 1e-4, "\(shape)")
    }
  }

  /// Within 1e-5 of the tensor's largest element, or of 1 where all are smaller.
  private func expectClose(_ x: [Double], _ reference: [Double], _ what: String) throws {
    let size = reference.reduce(1) { max($0, abs($1)) }
    let distance = distance(x, reference)
    #expect(distance < 2e-5 * size, "\(what): \(distance) of \(size)")
  }
}

import Kernels
import Networks
import Testing

/// Packed weights against transformers' logits (Tests/References/bert.py).
@Suite struct PackedBERTTests {
  private func logits(_ reference: BERTReference, _ precision: Precision) -> [Float] {
    let bench = BERTBench(BERTNetwork(reference.configuration))
    let packed = PackedBERT(bench.network, parameters: bench.parameters, precision: precision)
    let workspace = Workspace()
    let logits = packed.logits(reference.inputs, workspace: workspace)
    return withExtendedLifetime(workspace) {
      Array(UnsafeBufferPointer(start: logits.base, count: logits.count))
    }
  }

  @Test(arguments: BERTReference.all) func float32LogitsEqualTransformers(
    _ name: BERTReference.Name
  ) throws {
    let reference = try BERTReference(name)
    #expect(largestDistance(logits(reference, .fp32).map(Double.init), reference.logits) < 1e-5)
  }

  /// The tolerances are shares of the largest logit.
  @Test(arguments: BERTReference.all) func lowPrecisionIsNear(_ name: BERTReference.Name) throws {
    let reference = try BERTReference(name)
    let size = reference.logits.reduce(0) { max($0, abs($1)) }
    for (precision, tolerance) in [(Precision.bf16, 0.02), (.int8, 0.04)] {
      let distance = largestDistance(
        logits(reference, precision).map(Double.init), reference.logits)
      #expect(distance < tolerance * size, "\(precision): \(distance) of \(size)")
      #expect(distance > 1e-5)
    }
  }

  @Test func nothingInNothingOut() throws {
    let bench = BERTBench(BERTNetwork(try BERTReference(0).configuration))
    for precision in Precision.allCases {
      let packed = PackedBERT(bench.network, parameters: bench.parameters, precision: precision)
      #expect(packed.logits([], workspace: Workspace()).count == 0)
    }
  }
}

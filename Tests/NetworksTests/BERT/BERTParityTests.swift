import JSON
import Kernels
import Layers
import Networks
import Testing

/// Logits, loss and every gradient against transformers' BERT, DistilBERT and MPNet (Tests/References/bert.py).
@Suite struct BERTParityTests {
  @Test(arguments: BERTReference.all) func logitsEqualTransformers(
    _ name: BERTReference.Name
  ) throws {
    let reference = try BERTReference(name)
    let bench = BERTBench(BERTNetwork(reference.configuration))
    #expect(largestDistance(bench.logits(reference.inputs), reference.logits) < 1e-5)
  }

  @Test(arguments: BERTReference.all) func everyGradientEqualsTransformers(
    _ name: BERTReference.Name
  ) throws {
    let reference = try BERTReference(name)
    let bench = BERTBench(BERTNetwork(reference.configuration))
    let loss = bench.step(reference.inputs, gold: reference.gold)
    #expect(abs(loss - reference.loss) < 1e-5 * reference.loss)
    let slices = bench.network.layout.slices
    #expect(slices.map(\.name).sorted() == reference.gradients.keys.sorted())
    for slice in slices {
      let expected = try reference.gradient(slice.name)
      // A key's bias moves all scores of a query alike, so its gradient is zero but for rounding.
      let size = max(expected.reduce(0) { max($0, abs($1)) }, 1e-2)
      let distance = largestDistance(bench.gradient(slice), expected)
      #expect(distance < 1e-4 * size, "\(slice.name): \(distance) of \(size)")
    }
  }

  @Test(arguments: [BERTReference.taggers[0]] + BERTReference.texts)
  func gradientsAreAccumulated(_ name: BERTReference.Name) throws {
    let reference = try BERTReference(name)
    let bench = BERTBench(BERTNetwork(reference.configuration))
    _ = bench.step(reference.inputs, gold: reference.gold)
    let once = bench.gradients.values.map { 2 * Double($0) }
    _ = bench.step(reference.inputs, gold: reference.gold)
    #expect(largestDistance(bench.gradients.values.map { Double($0) }, once) < 1e-5)
  }

  @Test(arguments: BERTReference.all) func anExampleAloneHasTheLogitsItHasInABatch(
    _ name: BERTReference.Name
  ) throws {
    let reference = try BERTReference(name)
    let bench = BERTBench(BERTNetwork(reference.configuration))
    let alone = reference.inputs.flatMap { bench.logits([$0]) }
    #expect(largestDistance(alone, reference.logits) < 1e-5)
  }

  @Test func sentencesWithoutWordsHaveNoLogitsAndNoGradient() throws {
    let reference = try BERTReference(0)
    let bench = BERTBench(BERTNetwork(reference.configuration))
    let empty = BERTInput(ids: [1, 2], firstPieces: [])
    #expect(bench.logits([empty]).isEmpty)
    #expect(bench.step([empty], gold: []) == 0)
    #expect(bench.gradients.values.allSatisfy { $0 == 0 })
    #expect(
      largestDistance(bench.logits([empty] + reference.inputs + [empty]), reference.logits) < 1e-5)
  }
}

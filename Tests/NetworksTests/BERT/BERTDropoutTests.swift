import Kernels
import Layers
import ModelFiles
import Networks
import Testing

/// Training with dropout: the same point of a run has the same masks, so finite differences hold there too.
@Suite struct BERTDropoutTests {
  @Test(arguments: [1, 3, 5, 6].map { BERTReference.taggers[$0] } + BERTReference.texts)
  func gradientsEqualFiniteDifferencesUnderDropout(_ name: BERTReference.Name) throws {
    let reference = try BERTReference(name)
    var configuration = reference.configuration
    configuration.hiddenDropout = 0.3
    configuration.attentionDropout = 0.2
    configuration.classifierDropout = 0.4
    configuration.sequenceDropout = 0.4
    let bench = BERTBench(BERTNetwork(configuration))
    let point = DropoutContext(seed: 5, step: 17, shard: 2)
    let loss = bench.step(reference.inputs, gold: reference.gold, dropout: point)
    #expect(abs(loss - reference.loss) > 0.01)
    let gradients = bench.gradients.values.map { Double($0) }
    // One direction for each tensor: its gradient's own, along which the loss changes most.
    let keyBiases = ["key.bias", "k_lin.bias", "attn.k.bias"]
    for slice in bench.network.layout.slices where !keyBiases.contains(where: slice.name.hasSuffix)
    {
      let gradient = Array(gradients[slice.range])
      let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let step = 4e-3 / norm
      let start = slice.pointer(in: bench.parameters.base)
      let before = (0..<slice.count).map { start[$0] }
      let losses = [step, -step].map { step in
        for n in 0..<slice.count { start[n] = before[n] + Float(step * gradient[n]) }
        return bench.step(reference.inputs, gold: reference.gold, dropout: point)
      }
      for n in 0..<slice.count { start[n] = before[n] }
      let slope = (losses[0] - losses[1]) / (2 * step) / norm
      #expect(abs(slope - norm) < 5e-3 * norm + 2e-4, "\(slice.name): \(slope) and \(norm)")
    }
  }

  /// Where the head alone has dropout, it changes the loss, and no mask is drawn in inference.
  @Test(arguments: BERTReference.texts) func theHeadOfAClassifierOfTextsHasDropoutInTraining(
    _ name: BERTReference.Name
  ) throws {
    let reference = try BERTReference(name)
    var configuration = reference.configuration
    configuration.attentionDropout = 0
    // MPNet's head has the rate of the hidden states, the others one of their own.
    configuration.hiddenDropout = configuration.architecture == .mpnet ? 0.4 : 0
    configuration.classifierDropout = configuration.architecture == .bert ? 0.4 : nil
    configuration.sequenceDropout = 0.4
    let bench = BERTBench(BERTNetwork(configuration))
    let point = DropoutContext(seed: 5, step: 17, shard: 2)
    let loss = bench.step(reference.inputs, gold: reference.gold, dropout: point)
    #expect(abs(loss - reference.loss) > 0.01)
    #expect(abs(bench.step(reference.inputs, gold: reference.gold) - reference.loss) < 1e-5)
    #expect(largestDistance(bench.logits(reference.inputs), reference.logits) < 1e-5)
  }

  @Test func masksDependOnSeedStepAndShard() throws {
    let reference = try BERTReference(0)
    var configuration = reference.configuration
    configuration.hiddenDropout = 0.3
    let bench = BERTBench(BERTNetwork(configuration))
    let points = [
      DropoutContext(seed: 1, step: 1, shard: 1), DropoutContext(seed: 2, step: 1, shard: 1),
      DropoutContext(seed: 1, step: 2, shard: 1), DropoutContext(seed: 1, step: 1, shard: 2),
    ]
    func loss(_ point: DropoutContext?) -> Double {
      bench.step(reference.inputs, gold: reference.gold, dropout: point)
    }
    let losses = points.map(loss)
    #expect(points.map(loss) == losses)
    #expect(Set(losses).count == points.count)
    #expect(!losses.contains(loss(nil)))
  }
}

import Kernels
import Layers
import Networks
import Runtime

/// The gradient of one batch: shards run in parallel, and their gradients are summed in a fixed order.
///
/// Those of weights are products that come last, a few rows of a weight at a time, over all shards at once; what else is
/// dense each shard sums up in a buffer of its own. The sums depend on the number of shards, never on the number of threads.
final class ShardedStep<Network: Classifier>: @unchecked Sendable {
  private let network: Network
  private let workers: Workers
  private let workspaces: [Workspace]
  private let products: [WeightProducts]
  private let shardGradients: [FloatBuffer]
  private let sparse: [SparseSum]
  /// The batch's gradient; of sparse tables only the touched rows hold anything.
  let gradients: FloatBuffer
  private static var pieceSize: Int { 1 << 15 }

  init(_ network: Network, shards: Int, workers: Workers) {
    self.network = network
    self.workers = workers
    workspaces = (0..<shards).map { _ in Workspace() }
    products = (0..<shards).map { _ in WeightProducts() }
    gradients = FloatBuffer(count: network.layout.count)
    shardGradients = (0..<shards).map { _ in FloatBuffer(count: network.denseRange.count) }
    sparse = network.sparseTables.map { SparseSum(slice: $0) }
  }

  /// For each sparse table the rows with a gradient, in the order in which they were first touched.
  var touched: [[Int32]] { sparse.map(\.touched) }

  /// Runs one batch, or a part of it, forward and backward, and leaves its gradient in `gradients`.
  ///
  /// - Parameters:
  ///   - shards: The examples' inputs of each shard.
  ///   - part: The part of the batch, from 0; the gradients of all but the first are added to those before.
  ///   - parameters: The model's parameters.
  ///   - dropout: The run's seed and step, from which dropout masks follow; nil for no dropout.
  ///   - loss: The loss of a shard, as in `Classifier.step`; it may add to the shard's gradients too.
  /// - Returns: The loss, summed over the shards.
  func run(
    _ shards: [[Network.Input]], part: Int = 0, parameters: FloatBuffer,
    dropout: (seed: UInt64, step: Int)?,
    loss:
      @Sendable (
        _ shard: Int, _ logits: Matrix, _ dLogits: Matrix, _ gradients: UnsafeMutablePointer<Float>
      ) -> Double
  ) -> Double {
    let dense = network.denseRange.lowerBound
    let results = workers.map(shards.count) { shard -> (loss: Double, sparse: [SparseGradient]) in
      workspaces[shard].reset()
      products[shard].removeAll()
      guard !shards[shard].isEmpty else { return (0, []) }
      let gradients = shardGradients[shard].base - dense
      return network.step(
        shards[shard], parameters: parameters.base, gradients: gradients,
        workspace: workspaces[shard],
        dropout: dropout.map {
          DropoutContext(seed: $0.seed, step: $0.step, shard: part * shards.count + shard)
        },
        deferred: products[shard]
      ) { loss(shard, $0, $1, gradients) }
    }
    let weights = WeightSums(products[..<shards.count])
    weights.write(to: gradients, adding: part > 0, workers: workers)
    sumDense(shards.count, without: weights, adding: part > 0)
    if part == 0 { for table in sparse { table.clear(in: gradients) } }
    for gradient in results.lazy.flatMap(\.sparse) {
      for table in sparse where table.slice == gradient.slice {
        table.add(gradient, to: gradients)
      }
    }
    return results.reduce(0) { $0 + $1.loss }
  }

  /// The Euclidean norm of the batch's gradient.
  func norm() -> Double {
    let range = network.denseRange
    let count = (range.count + Self.pieceSize - 1) / Self.pieceSize
    let sums = workers.map(count) { piece in
      let start = range.lowerBound + piece * Self.pieceSize
      let size = min(Self.pieceSize, range.upperBound - start)
      return sumOfSquares(gradients.base + start, count: size)
    }
    let tables = sparse.reduce(0) { $0 + $1.sumOfSquares(in: gradients) }
    return (sums.reduce(0, +) + tables).squareRoot()
  }

  /// Adds the shards' other dense gradients up in order, and clears them for the next batch.
  private func sumDense(_ shards: Int, without weights: WeightSums, adding: Bool) {
    let dense = network.denseRange
    let pieces = weights.gaps(in: dense).flatMap { gap in
      stride(from: gap.lowerBound, to: gap.upperBound, by: Self.pieceSize).map {
        $0..<min($0 + Self.pieceSize, gap.upperBound)
      }
    }
    workers.run(pieces.count) { index in
      let piece = pieces[index]
      let target = gradients.base + piece.lowerBound
      for shard in 0..<shards {
        let source = shardGradients[shard].base + piece.lowerBound - dense.lowerBound
        if shard == 0, !adding {
          target.update(from: source, count: piece.count)
        } else {
          add(source, to: target, count: piece.count)
        }
        source.update(repeating: 0, count: piece.count)
      }
    }
  }
}

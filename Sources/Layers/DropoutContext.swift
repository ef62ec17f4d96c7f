import Kernels

/// Where in a training run a forward pass stands, from which every dropout mask follows.
///
/// Srivastava et al. 2014. A mask is never stored: the backward pass makes it again from the same key.
public struct DropoutContext: Sendable {
  /// The run's seed.
  public let seed: UInt64
  /// The optimiser step.
  public let step: Int
  /// The shard of the batch.
  public let shard: Int

  /// Places a forward pass in a run.
  public init(seed: UInt64, step: Int, shard: Int) {
    self.seed = seed
    self.step = step
    self.shard = shard
  }

  /// The key of the mask at a place in the network; every place has a number of its own.
  public func key(place: Int) -> UInt64 {
    dropoutKey(seed: seed, step: step, shard: shard, place: place)
  }
}

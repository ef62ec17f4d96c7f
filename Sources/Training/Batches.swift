import Networks
import Runtime

/// Cuts the examples of an epoch into batches of examples of like length, in a random but reproducible order.
public enum Batches {
  /// The numbers of the examples of each batch.
  ///
  /// All examples are shuffled; within each run of `window` batches they are sorted by cost, so that a batch's examples are
  /// alike; then the batches are shuffled.
  ///
  /// - Parameters:
  ///   - costs: The rows that each example takes.
  ///   - batchSize: The examples of a batch; the last may have fewer.
  ///   - window: The number of batches that are sorted together.
  ///   - seed: The run's seed.
  ///   - epoch: The epoch, which has a random stream of its own.
  /// - Returns: Every example's number once.
  public static func ofEpoch(
    costs: [Int], batchSize: Int, window: Int = 32, seed: UInt64, epoch: Int
  ) -> [[Int]] {
    var stream = RandomStream(seed: seed, purpose: .shuffling, index: UInt64(epoch))
    var order = Array(costs.indices)
    stream.shuffle(&order)
    var batches: [[Int]] = []
    for start in stride(from: 0, to: order.count, by: batchSize * window) {
      let end = min(start + batchSize * window, order.count)
      let sorted = order[start..<end].sorted { (costs[$0], $0) < (costs[$1], $1) }
      for first in stride(from: 0, to: sorted.count, by: batchSize) {
        batches.append(Array(sorted[first..<min(first + batchSize, sorted.count)]))
      }
    }
    stream.shuffle(&batches)
    return batches
  }

  /// Cuts a batch into parts that are read one after another, where it is too large for one: their gradients are added up.
  ///
  /// - Parameters:
  ///   - batch: The numbers of the examples.
  ///   - costs: The rows of memory that each example takes, by its number.
  ///   - most: The most rows of a part; an example with more is a part of its own.
  /// - Returns: The batch itself where it has at most so many rows.
  public static func parts(
    of batch: [Int], costs: [Int], costingAtMost most: Int
  ) -> [[Int]] {
    batch.map { costs[$0] }.parts(costingAtMost: most).map { Array(batch[$0]) }
  }

  /// Deals a batch's examples out to shards so that their costs are alike: the costliest first, each to the shard with the
  /// least so far.
  ///
  /// - Returns: `shards` lists, of which some are empty if there are fewer examples.
  public static func deal(_ batch: [Int], costs: [Int], shards: Int) -> [[Int]] {
    var lists = [[Int]](repeating: [], count: shards)
    var totals = [Int](repeating: 0, count: shards)
    for example in batch.sorted(by: { (costs[$1], $0) < (costs[$0], $1) }) {
      var least = 0
      for shard in totals.indices where totals[shard] < totals[least] { least = shard }
      lists[least].append(example)
      totals[least] += costs[example]
    }
    return lists
  }
}

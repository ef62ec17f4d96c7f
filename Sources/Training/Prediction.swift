import Kernels
import Layers
import Networks
import Runtime
import Synchronization

/// Runs a network over many examples, batched by length, on all workers.
public struct Prediction<Network: Classifier>: Sendable {
  private let network: Network
  private let parameters: FloatBuffer
  private let logits: @Sendable (_ inputs: [Network.Input], _ workspace: Workspace) -> Matrix
  private let workers: Workers
  private let rowsPerBatch: Int
  private let workspaces = WorkspacePool()

  /// Prepares a network for prediction.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - parameters: Its parameters.
  ///   - workers: The threads.
  ///   - rowsPerBatch: About how many rows a batch has.
  public init(
    _ network: Network, parameters: FloatBuffer, workers: Workers, rowsPerBatch: Int = 512
  ) {
    self.init(network, parameters: parameters, workers: workers, rowsPerBatch: rowsPerBatch) {
      network.logits($0, parameters: parameters.base, workspace: $1)
    }
  }

  private init(
    _ network: Network, parameters: FloatBuffer, workers: Workers, rowsPerBatch: Int,
    logits: @escaping @Sendable (_ inputs: [Network.Input], _ workspace: Workspace) -> Matrix
  ) {
    self.network = network
    self.parameters = parameters
    self.workers = workers
    self.rowsPerBatch = rowsPerBatch
    self.logits = logits
  }

  /// Calls `body` with each example's number and its logits, [rows, L], on any thread and in any order.
  ///
  /// A long example is read window by window, as the network says, so that a batch stays small.
  public func forEach(
    _ inputs: [Network.Input], _ body: @Sendable (_ example: Int, _ logits: Matrix) -> Void
  ) {
    let windows = inputs.enumerated().flatMap { example, input in
      network.windows(of: input).map { (example: example, window: $0) }
    }
    let batches = batches(of: windows.map(\.window.input))
    let longExamples = LongExamples()
    workers.run(batches.count) { index in
      let batch = batches[index].map { windows[$0] }
      let workspace = workspaces.take()
      defer { workspaces.giveBack(workspace) }
      let logits = logits(batch.map(\.window.input), workspace)
      var row = 0
      for (example, window) in batch {
        let first = row - window.read.lowerBound
        let kept = logits.rows(
          first + window.kept.lowerBound..<first + window.kept.upperBound)
        row += window.read.count
        let rows = network.rowCount(of: inputs[example])
        if kept.rows == rows {
          body(example, kept)
        } else {
          longExamples.add(kept, at: window.kept, of: example, rows: rows) {
            body(example, $0)
          }
        }
      }
    }
  }

  /// The most probable labels of each example, one a row, as the network's decoder chooses them.
  ///
  /// - Throws: `OverflowedLogits` where a logit is not finite, so that no label is the most probable one.
  public func labels(_ inputs: [Network.Input]) throws(OverflowedLogits) -> [[Int]] {
    let results = Mutex([[Int]](repeating: [], count: inputs.count))
    let hasOverflowed = Atomic(false)
    let decode = network.decoder(parameters.base)
    forEach(inputs) { example, logits in
      guard logits.isFinite else { return hasOverflowed.store(true, ordering: .relaxed) }
      let labels = decode(logits)
      results.withLock { $0[example] = labels }
    }
    if hasOverflowed.load(ordering: .relaxed) { throw OverflowedLogits() }
    return results.withLock { $0 }
  }

  private func batches(of inputs: [Network.Input]) -> [[Int]] {
    let costs = inputs.map(network.cost)
    var batches: [[Int]] = []
    var rows = 0
    for example in costs.indices.sorted(by: { (costs[$1], $0) < (costs[$0], $1) }) {
      if batches.isEmpty || rows + costs[example] > rowsPerBatch {
        batches.append([])
        rows = 0
      }
      batches[batches.count - 1].append(example)
      rows += costs[example]
    }
    return batches
  }
}

/// The logits of examples of several windows, until all windows of a example are there.
private final class LongExamples: Sendable {
  private let unfinished = Mutex<[Int: (logits: FloatBuffer, missing: Int)]>([:])

  /// Keeps the logits of a window's words, and calls `body` with those of the whole example when they are complete.
  ///
  /// - Parameters:
  ///   - logits: The logits of the rows that the window answers for.
  ///   - range: These rows.
  ///   - example: The example's number.
  ///   - rows: The number of its rows.
  ///   - body: Told the logits of all of them, [rows, L].
  func add(
    _ logits: Matrix, at range: Range<Int>, of example: Int, rows: Int, _ body: (Matrix) -> Void
  ) {
    let columns = logits.columns
    let complete: FloatBuffer? = unfinished.withLock { unfinished in
      var entry =
        unfinished[example] ?? (logits: FloatBuffer(count: rows * columns), missing: rows)
      Matrix(entry.logits.base, rows: rows, columns: columns).rows(range).copy(from: logits)
      entry.missing -= range.count
      unfinished[example] = entry.missing > 0 ? entry : nil
      return entry.missing > 0 ? nil : entry.logits
    }
    guard let complete else { return }
    withExtendedLifetime(complete) {
      body(Matrix(complete.base, rows: rows, columns: columns))
    }
  }
}

extension Prediction where Network == BERTNetwork {
  /// Prepares a BERT with packed weights for prediction.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - packed: Its weights, packed.
  ///   - workers: The threads.
  ///   - rowsPerBatch: About how many rows a batch has.
  public init(
    _ model: BERTModel, packed: PackedBERT, workers: Workers, rowsPerBatch: Int = 512
  ) {
    self.init(
      model.network, parameters: model.parameters, workers: workers, rowsPerBatch: rowsPerBatch
    ) { packed.logits($0, workspace: $1) }
  }
}

/// A model whose logits are not finite.
public struct OverflowedLogits: Error {}

extension Matrix {
  /// Whether all elements are finite.
  var isFinite: Bool { UnsafeBufferPointer(start: base, count: count).allSatisfy(\.isFinite) }
}

/// Workspaces that workers take and give back, so that each is used by one at a time.
final class WorkspacePool: Sendable {
  private let free = Mutex<[Workspace]>([])

  /// An empty workspace.
  func take() -> Workspace {
    let workspace = free.withLock { $0.popLast() } ?? Workspace()
    workspace.reset()
    return workspace
  }

  /// Makes a workspace available again.
  func giveBack(_ workspace: Workspace) {
    free.withLock { $0.append(workspace) }
  }
}

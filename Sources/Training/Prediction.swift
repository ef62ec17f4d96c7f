import Kernels
import Labels
import Layers
import Networks
import Runtime
import Synchronization

/// Runs a network over many sentences, batched by length, on all workers.
public struct Prediction<Network: TokenClassifier>: Sendable {
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

  /// Calls `body` with each sentence's number and its logits, [words, L], on any thread and in any order.
  ///
  /// A long sentence is read window by window, as the network says, so that a batch stays small.
  public func forEach(
    _ inputs: [Network.Input], _ body: @Sendable (_ sentence: Int, _ logits: Matrix) -> Void
  ) {
    let windows = inputs.enumerated().flatMap { sentence, input in
      network.windows(of: input).map { (sentence: sentence, window: $0) }
    }
    let batches = batches(of: windows.map(\.window.input))
    let longSentences = LongSentences()
    workers.run(batches.count) { index in
      let batch = batches[index].map { windows[$0] }
      let workspace = workspaces.take()
      defer { workspaces.giveBack(workspace) }
      let logits = logits(batch.map(\.window.input), workspace)
      var row = 0
      for (sentence, window) in batch {
        let first = row - window.read.lowerBound
        let kept = logits.rows(
          first + window.kept.lowerBound..<first + window.kept.upperBound)
        row += window.read.count
        let words = network.wordCount(of: inputs[sentence])
        if kept.rows == words {
          body(sentence, kept)
        } else {
          longSentences.add(kept, at: window.kept, of: sentence, words: words) {
            body(sentence, $0)
          }
        }
      }
    }
  }

  /// The labels of each sentence: the most probable one of each word, or under a CRF the most probable sequence.
  ///
  /// - Throws: `OverflowedLogits` where a logit is not finite, so that no label is the most probable one.
  public func labels(_ inputs: [Network.Input]) throws(OverflowedLogits) -> [[Int32]] {
    let results = Mutex([[Int32]](repeating: [], count: inputs.count))
    let hasOverflowed = Atomic(false)
    let chain = network.crf?.chain(parameters.base)
    forEach(inputs) { sentence, logits in
      guard logits.isFinite else { return hasOverflowed.store(true, ordering: .relaxed) }
      let labels =
        chain?.bestLabels(logits.base, words: logits.rows).map { Int32($0) }
        ?? (0..<logits.rows).map { Int32(logits.largestColumn(ofRow: $0)) }
      results.withLock { $0[sentence] = labels }
    }
    if hasOverflowed.load(ordering: .relaxed) { throw OverflowedLogits() }
    return results.withLock { $0 }
  }

  private func batches(of inputs: [Network.Input]) -> [[Int]] {
    let costs = inputs.map(network.cost)
    var batches: [[Int]] = []
    var rows = 0
    for sentence in costs.indices.sorted(by: { (costs[$1], $0) < (costs[$0], $1) }) {
      if batches.isEmpty || rows + costs[sentence] > rowsPerBatch {
        batches.append([])
        rows = 0
      }
      batches[batches.count - 1].append(sentence)
      rows += costs[sentence]
    }
    return batches
  }
}

/// The logits of sentences of several windows, until all windows of a sentence are there.
private final class LongSentences: Sendable {
  private let unfinished = Mutex<[Int: (logits: FloatBuffer, missing: Int)]>([:])

  /// Keeps the logits of a window's words, and calls `body` with those of the whole sentence when they are complete.
  ///
  /// - Parameters:
  ///   - logits: The logits of the words that the window answers for.
  ///   - range: These words.
  ///   - sentence: The sentence's number.
  ///   - words: The number of its words.
  ///   - body: Told the logits of all of them, [words, L].
  func add(
    _ logits: Matrix, at range: Range<Int>, of sentence: Int, words: Int, _ body: (Matrix) -> Void
  ) {
    let columns = logits.columns
    let complete: FloatBuffer? = unfinished.withLock { unfinished in
      var entry =
        unfinished[sentence] ?? (logits: FloatBuffer(count: words * columns), missing: words)
      Matrix(entry.logits.base, rows: words, columns: columns).rows(range).copy(from: logits)
      entry.missing -= range.count
      unfinished[sentence] = entry.missing > 0 ? entry : nil
      return entry.missing > 0 ? nil : entry.logits
    }
    guard let complete else { return }
    withExtendedLifetime(complete) {
      body(Matrix(complete.base, rows: words, columns: columns))
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

  /// The column of a row's largest element, the first of equals.
  public func largestColumn(ofRow index: Int) -> Int {
    let values = row(index)
    var best = 0
    for column in 1..<max(columns, 1) where values[column] > values[best] { best = column }
    return best
  }
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

/// How a batch of sentences is packed for a recurrent layer: by falling length, time step by time step.
///
/// So the sentences that are still running at a step are its first rows, and nothing is padded.
///
/// Sentence lengths 2, 4, 1 have the order 1, 0, 2 and the rows
///
///     row       0  1  2 | 3  4 | 5 | 6        offsets     0 3 5 6 7
///     sentence  1  0  2 | 1  0 | 1 | 1        batchSizes  3 2 1 1
///     time      0  0  0 | 1  1 | 2 | 3
public struct PackedBatch: Sendable, Equatable {
  /// The sentences' lengths as given, [B].
  public let lengths: [Int]
  /// The sentences by falling length, equally long ones in the order given, [B].
  public let order: [Int]
  /// The place of each sentence in `order`, [B].
  public let rank: [Int]
  /// b_t, the number of sentences longer than t, [T].
  public let batchSizes: [Int]
  /// The first row of each time step, [T + 1]; the last number is N.
  public let offsets: [Int]

  /// T, the length of the longest sentence.
  public var longest: Int { batchSizes.count }
  /// N, the number of rows.
  public var rowCount: Int { offsets[batchSizes.count] }

  /// Packs sentences of the given lengths; none may be negative.
  public init(lengths: [Int]) {
    precondition(lengths.allSatisfy { $0 >= 0 }, "lengths \(lengths)")
    let order = lengths.indices.sorted { (-lengths[$0], $0) < (-lengths[$1], $1) }
    var rank = [Int](repeating: 0, count: lengths.count)
    for (place, sentence) in order.enumerated() { rank[sentence] = place }
    var batchSizes: [Int] = []
    var offsets = [0]
    var active = lengths.count
    for t in 0..<(order.first.map { lengths[$0] } ?? 0) {
      while lengths[order[active - 1]] <= t { active -= 1 }
      batchSizes.append(active)
      offsets.append(offsets[t] + active)
    }
    self.lengths = lengths
    self.order = order
    self.rank = rank
    self.batchSizes = batchSizes
    self.offsets = offsets
  }

  /// The row of a sentence's word.
  public func row(sentence: Int, word: Int) -> Int { offsets[word] + rank[sentence] }

  /// The rows of a time step.
  public func rows(atTime t: Int) -> Range<Int> { offsets[t]..<offsets[t + 1] }

  /// The row of each word when the sentences are laid end to end as given, [N].
  public var rowsInSentenceOrder: [Int] {
    var rows: [Int] = []
    rows.reserveCapacity(rowCount)
    for (sentence, length) in lengths.enumerated() {
      for word in 0..<length { rows.append(row(sentence: sentence, word: word)) }
    }
    return rows
  }
}

/// How the sentences of a batch stand one behind another in a matrix of N rows, without padding.
public struct PackedRows: Sendable, Equatable {
  /// Sentence b has the rows offsets[b] ..< offsets[b + 1]; B + 1 numbers, the last is N.
  public let offsets: [Int]

  /// Packs sentences of the given lengths.
  public init(lengths: [Int]) {
    var offsets = [0]
    offsets.reserveCapacity(lengths.count + 1)
    for length in lengths {
      precondition(length >= 0, "length \(length)")
      offsets.append(offsets[offsets.count - 1] + length)
    }
    self.offsets = offsets
  }

  /// B, the number of sentences.
  public var count: Int { offsets.count - 1 }

  /// N, the number of rows.
  public var rows: Int { offsets[offsets.count - 1] }

  /// The rows of a sentence.
  public subscript(sentence: Int) -> Range<Int> { offsets[sentence]..<offsets[sentence + 1] }

  /// The sum of the squared lengths: the number of attention weights of one head over the batch.
  public var squaredLengths: Int {
    (0..<count).reduce(0) { $0 + self[$1].count * self[$1].count }
  }

  /// The length of the longest sentence.
  public var longest: Int { (0..<count).reduce(0) { max($0, self[$1].count) } }
}

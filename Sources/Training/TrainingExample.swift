import Networks

/// A prepared sentence with what it is to be taught.
public struct TrainingExample<Input: Sendable>: Sendable {
  /// The sentence as the network reads it, W words.
  public let input: Input
  /// The gold label of each word, [W]; nil where there are none.
  public let gold: [Int32]?
  /// The row of the teacher's logits of its first word, where it has any; the other words' rows follow.
  public let teacherRow: Int?
  /// The words that are taught, the others being context; nil for all.
  public let taught: Range<Int>?

  /// Pairs a sentence with its targets.
  public init(
    input: Input, gold: [Int32]?, teacherRow: Int? = nil, taught: Range<Int>? = nil
  ) {
    self.input = input
    self.gold = gold
    self.teacherRow = teacherRow
    self.taught = taught
  }

  /// The sentence in the windows that a network reads, an example each; every word is taught in one of them.
  public func windows<Network: TokenClassifier>(for network: Network) -> [TrainingExample]
  where Network.Input == Input {
    let windows = network.windows(of: input)
    guard windows.count > 1 else { return [self] }
    return windows.map { window in
      let start = window.read.lowerBound
      return TrainingExample(
        input: window.input, gold: gold.map { Array($0[window.read]) },
        teacherRow: teacherRow.map { $0 + start },
        taught: window.kept.lowerBound - start..<window.kept.upperBound - start)
    }
  }
}

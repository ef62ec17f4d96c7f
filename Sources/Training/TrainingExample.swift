import Networks

/// A prepared example with what it is to be taught.
public struct TrainingExample<Input: Sendable>: Sendable {
  /// The example as the network reads it, R rows.
  public let input: Input
  /// The gold label of each row, [R]; nil where there are none.
  public let gold: [Int32]?
  /// The first of its rows among the teacher's logits, where it has any; the others follow.
  public let teacherRow: Int?
  /// The rows that are taught, the others being context; nil for all.
  public let taught: Range<Int>?

  /// Pairs an example with its targets.
  public init(
    input: Input, gold: [Int32]?, teacherRow: Int? = nil, taught: Range<Int>? = nil
  ) {
    self.input = input
    self.gold = gold
    self.teacherRow = teacherRow
    self.taught = taught
  }

  /// The example in the windows that a network reads, one of its own each; every row is taught in one of them.
  public func windows<Network: Classifier>(for network: Network) -> [TrainingExample]
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

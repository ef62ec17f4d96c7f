/// A part of a sentence that a network reads at one time, with the words that it answers for.
///
/// What a network reads at one time is bounded, however long the sentence is. A sentence that fits is one window; the windows
/// of a longer one overlap, and each of its words is answered from the one window where it has most context.
public struct InputWindow<Input: Sendable>: Sendable {
  /// What is read.
  public let input: Input
  /// The words of the sentence that stand in the input.
  public let read: Range<Int>
  /// Those of `read` that the window answers for; the others are context.
  public let kept: Range<Int>

  /// Takes a sentence's words out of its input.
  public init(input: Input, read: Range<Int>, kept: Range<Int>) {
    precondition(
      read.lowerBound <= kept.lowerBound && kept.upperBound <= read.upperBound,
      "words \(kept) of \(read)")
    self.input = input
    self.read = read
    self.kept = kept
  }
}

extension Array where Element == Int {
  /// Cuts a list of costs into consecutive parts, each as long as possible.
  ///
  /// - Parameter most: The largest sum of a part; a cost above it is a part of its own.
  /// - Returns: The ranges of the parts, in order.
  public func parts(costingAtMost most: Int) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var (start, sum) = (0, 0)
    for (index, cost) in enumerated() {
      if index > start, sum + cost > most {
        parts.append(start..<index)
        (start, sum) = (index, 0)
      }
      sum += cost
    }
    if start < self.count { parts.append(start..<self.count) }
    return parts
  }
}

/// A prepared sentence with what it is to be taught.
public struct TrainingExample<Input: Sendable>: Sendable {
  /// The sentence as the network reads it, W words.
  public let input: Input
  /// The gold label of each word, [W]; nil where there are none.
  public let gold: [Int32]?
  /// The row of the teacher's logits of its first word, where it has any; the other words' rows follow.
  public let teacherRow: Int?

  /// Pairs a sentence with its targets.
  public init(input: Input, gold: [Int32]?, teacherRow: Int? = nil) {
    self.input = input
    self.gold = gold
    self.teacherRow = teacherRow
  }
}

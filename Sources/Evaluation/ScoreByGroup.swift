import Files
import TerminalUI

/// The classification score of each group of examples, such as one kind of pair or one domain of texts.
public struct ScoreByGroup: Sendable {
  /// The names of the labels.
  public let labels: [String]
  /// Which of two labels binary F1 is of.
  public let positive: Int
  private var scores: [ByteString: ClassificationScore] = [:]

  /// No group yet; a group begins with its first example.
  ///
  /// - Parameters:
  ///   - labels: The names of the labels, to which the indices given to `add` refer.
  ///   - positive: Which label binary F1 is of where there are two.
  public init(labels: [String], positive: Int = 1) {
    self.labels = labels
    self.positive = positive
  }

  /// Adds an example of a group by the names of its labels, one each.
  public mutating func add(gold: [String], predicted: [String], group: String) {
    let empty = ClassificationScore(labels: labels, positive: positive)
    scores[ByteString(group), default: empty].add(gold: gold, predicted: predicted)
  }

  /// Adds an example of a group.
  public mutating func add(gold: Int, predicted: Int, group: String) {
    let empty = ClassificationScore(labels: labels, positive: positive)
    scores[ByteString(group), default: empty].add(gold: gold, predicted: predicted)
  }

  /// The groups with their scores, sorted by the bytes of their names.
  public var groups: [(name: String, score: ClassificationScore)] {
    scores.sorted { $0.key < $1.key }.map { (name: $0.key.text, score: $0.value) }
  }

  /// The accuracy of each group with its 95 % bootstrap interval, percentages with two decimals.
  ///
  /// - Parameters:
  ///   - title: What the groups are, the title of the first column.
  ///   - color: Whether the heading is coloured.
  /// - Returns: A row a group.
  public func table(of title: String, color: ColorPolicy = .never) -> String {
    var table = TextTable(columns: [
      .left(title), .right("accuracy"), .right("from"), .right("to"), .right("examples"),
      .right("correct"),
    ])
    for (name, score) in groups {
      let interval = score.interval()
      let shares = [score.accuracy, interval.low, interval.high]
      table.add(
        row: [name] + shares.map { format(100 * $0, decimals: 2) }
          + [formatCount(score.overall.gold), formatCount(score.overall.correct)])
    }
    return table.rendered(color: color)
  }
}

import TerminalUI

/// A score that follows from the counts of each example, which reports keep and the bootstrap resamples.
///
/// Entity scores and classification scores are both compared by the F1 of the counts of all examples summed; for
/// classification that is the accuracy.
public protocol PooledScore: Sendable {
  /// What the F1 of the summed counts is called: `F1` or `accuracy`.
  static var title: String { get }
  /// The counts of each example, in the order in which they were added.
  var examples: [MatchCounts] { get }
  /// The counts of each entity type or label.
  var parts: [(name: String, counts: MatchCounts)] { get }
  /// The counts of all examples summed.
  var overall: MatchCounts { get }
  /// Every figure under the name that JSON output gives it, in a fixed order.
  var figures: [(name: String, value: Double)] { get }
  /// The score as tables for a terminal, percentages with two decimals.
  func table(color: ColorPolicy) -> String

  /// Adds an example by the names of its gold and predicted labels, one a row: the tags of its words, or one label.
  mutating func add(gold: [String], predicted: [String])
}

extension PooledScore {
  /// The bootstrap percentile interval of the F1 of the summed counts over examples.
  public func interval(
    resamples: Int = 1000, level: Double = 0.95, seed: UInt64 = 0
  ) -> BootstrapInterval {
    Bootstrap.interval(of: examples, resamples: resamples, level: level, seed: seed)
  }

  /// The paired bootstrap test against another model's score on the same examples in the same order.
  public func comparison(with other: Self) -> PairedComparison {
    Bootstrap.pairedComparison(examples, other.examples)
  }

  /// The figures of each type or label, named as in `figures`.
  public var figuresPerPart: [(name: String, figures: [(name: String, value: Double)])] {
    parts.map { (name: $0.name, figures: $0.counts.figures) }
  }
}

extension MatchCounts {
  /// Precision, recall and F1, fractions in 0...1, and the counts, under the names that JSON output gives them.
  var figures: [(name: String, value: Double)] {
    [
      ("precision", precision), ("recall", recall), ("f1", f1), ("gold", Double(gold)),
      ("predicted", Double(predicted)), ("correct", Double(correct)),
    ]
  }

  /// An empty table of counts and what follows from them.
  static func table(firstColumn title: String) -> TextTable {
    TextTable(columns: [
      .left(title), .right("precision"), .right("recall"), .right("F1"), .right("gold"),
      .right("predicted"), .right("correct"),
    ])
  }

  /// The row of such a table.
  func cells(_ name: String) -> [String] {
    [
      name, format(100 * precision, decimals: 2), format(100 * recall, decimals: 2),
      format(100 * f1, decimals: 2), formatCount(gold), formatCount(predicted),
      formatCount(correct),
    ]
  }
}

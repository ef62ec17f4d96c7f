import Files
import TerminalUI

/// Accuracy, precision, recall and F1 of each label, macro F1 and Matthews correlation of predicted against gold labels, one
/// an example.
///
/// Examples are added one by one; the figures equal scikit-learn's with `zero_division=0`. Gold and predicted label of each
/// example are kept, in the order of addition, because paired tests need them.
public struct ClassificationScore: PooledScore {
  /// Accuracy, which is the F1 of all labels' counts summed.
  public static let title = "accuracy"

  /// The names of the labels.
  public private(set) var labels: [String]
  /// Which of two labels binary F1 is of.
  public let positive: Int
  /// The counts of each label, in the order of the labels.
  public private(set) var counts: [MatchCounts]
  private var outcomes: [(gold: Int32, predicted: Int32)] = []

  /// An empty score.
  ///
  /// - Parameters:
  ///   - labels: The names of the labels, to which the indices given to `add` refer.
  ///   - positive: Which label binary F1 is of where there are two, usually the one that says yes.
  public init(labels: [String], positive: Int = 1) {
    self.labels = labels
    self.positive = positive
    counts = Array(repeating: MatchCounts(), count: labels.count)
  }

  /// Adds an example, whose labels must be indices of `labels`.
  public mutating func add(gold: Int, predicted: Int) {
    precondition(
      labels.indices.contains(gold) && labels.indices.contains(predicted),
      "gold label \(gold), predicted label \(predicted) of \(labels.count)")
    counts[gold].gold += 1
    counts[predicted].predicted += 1
    if gold == predicted { counts[gold].correct += 1 }
    outcomes.append((Int32(gold), Int32(predicted)))
  }

  /// Adds an example by the names of its labels, one each; a name that is none of `labels` becomes a further one.
  public mutating func add(gold: [String], predicted: [String]) {
    precondition(
      gold.count == 1 && predicted.count == 1, "\(gold.count) and \(predicted.count) labels")
    let indices = [gold[0], predicted[0]].map { name in
      if let known = labels.firstIndex(where: { ByteString($0) == ByteString(name) }) {
        return known
      }
      labels.append(name)
      counts.append(MatchCounts())
      return labels.count - 1
    }
    add(gold: indices[0], predicted: indices[1])
  }

  /// The counts of each example over all labels: one gold, one predicted, one or none correct.
  public var examples: [MatchCounts] {
    outcomes.map { MatchCounts(gold: 1, predicted: 1, correct: $0.gold == $0.predicted ? 1 : 0) }
  }

  /// The counts of each example for one label, with which the bootstrap resamples the F1 of that label.
  public func examples(of label: Int) -> [MatchCounts] {
    outcomes.map { outcome in
      let (isGold, isPredicted) = (outcome.gold == label, outcome.predicted == label)
      return MatchCounts(
        gold: isGold ? 1 : 0, predicted: isPredicted ? 1 : 0,
        correct: isGold && isPredicted ? 1 : 0)
    }
  }

  /// The counts of each label, in the order of the labels, whether it occurs or not.
  public var parts: [(name: String, counts: MatchCounts)] {
    zip(labels, counts).map { (name: $0, counts: $1) }
  }

  /// The counts of all labels summed: as many gold and predicted as there are examples.
  public var overall: MatchCounts { counts.reduce(into: MatchCounts()) { $0.add($1) } }

  /// The share of the examples with the gold label; 0 where there is no example.
  public var accuracy: Double { overall.f1 }

  /// The mean F1 of the labels that occur, as gold or as predicted; 0 where there is no example.
  public var macroF1: Double {
    let occurring = counts.filter { $0.gold + $0.predicted > 0 }
    return occurring.isEmpty ? 0 : occurring.reduce(0) { $0 + $1.f1 } / Double(occurring.count)
  }

  /// The counts of the positive label where there are two labels; nil otherwise.
  public var binary: MatchCounts? {
    labels.count == 2 && counts.indices.contains(positive) ? counts[positive] : nil
  }

  /// The correlation of gold and predicted labels, -1 to 1 (Gorodkin 2004); 0 where either side has one label alone.
  ///
  /// With n examples, c of them correct, and label k in gold g_k and predicted p_k times:
  ///
  ///     (c n - sum of g_k p_k) / sqrt((n^2 - sum of g_k^2) (n^2 - sum of p_k^2))
  ///
  /// which for two labels is Matthews' coefficient.
  public var matthewsCorrelation: Double {
    let (n, correct) = (outcomes.count, overall.correct)
    let goldSpread = n * n - counts.reduce(0) { $0 + $1.gold * $1.gold }
    let predictedSpread = n * n - counts.reduce(0) { $0 + $1.predicted * $1.predicted }
    guard goldSpread > 0, predictedSpread > 0 else { return 0 }
    let agreement = correct * n - counts.reduce(0) { $0 + $1.gold * $1.predicted }
    return Double(agreement) / (Double(goldSpread) * Double(predictedSpread)).squareRoot()
  }

  /// Which labels are taken for which.
  public var confusion: Confusion {
    var cells: [SIMD2<Int32>: Int] = [:]
    for outcome in outcomes { cells[SIMD2(outcome.gold, outcome.predicted), default: 0] += 1 }
    var confusion = Confusion()
    for (cell, count) in cells {
      confusion.add(gold: labels[Int(cell[0])], predicted: labels[Int(cell[1])], count: count)
    }
    return confusion
  }
}

extension ClassificationScore {
  /// The score as tables: a row a label and one for all, the figures that follow from them, and the confusion of labels.
  public func table(color: ColorPolicy = .never) -> String {
    var table = MatchCounts.table(firstColumn: "label")
    for (label, counts) in parts { table.add(row: counts.cells(label)) }
    table.addRule()
    table.add(row: overall.cells("all"))
    func percent(_ share: Double) -> String { format(100 * share, decimals: 2) }
    let ofPositive = binary.map { "F1 of \(printable(labels[positive])) \(percent($0.f1)), " } ?? ""
    return """
      \(table.rendered(color: color))
      accuracy \(percent(accuracy)), \(ofPositive)macro F1 \(percent(macroF1)), \
      Matthews correlation \(format(matthewsCorrelation, decimals: 4))

      \(confusion.table(of: labels, hasUnmatched: false).rendered(color: color))
      """
  }

  /// Every figure under the name that JSON output gives it, in a fixed order.
  ///
  /// `accuracy`, `macro_f1` and, where there are two labels, `precision`, `recall` and `f1` of the positive one are fractions
  /// in 0...1, `matthews_correlation` is in -1...1; `correct` and `examples` are counts.
  public var figures: [(name: String, value: Double)] {
    let ofPositive = binary.map {
      [("precision", $0.precision), ("recall", $0.recall), ("f1", $0.f1)]
    }
    return [("accuracy", accuracy)] + (ofPositive ?? []) + [
      ("macro_f1", macroF1), ("matthews_correlation", matthewsCorrelation),
      ("correct", Double(overall.correct)), ("examples", Double(outcomes.count)),
    ]
  }
}

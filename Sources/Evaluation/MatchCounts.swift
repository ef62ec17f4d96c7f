/// How many things of a kind the gold annotation has, how many were predicted, and how many of those are right.
///
/// The things are entities, right when type, first and last word are, or examples, right when their label is. With g, p and c
/// for the three counts:
///
///     precision = c / p      recall = c / g      F1 = 2 c / (g + p)
///
/// each a fraction in 0...1, and 0 where its denominator is 0, as conlleval and seqeval have it and scikit-learn with
/// `zero_division=0`. Where every example has one gold and one predicted label, F1 over all labels is the accuracy.
public struct MatchCounts: Sendable, Equatable {
  /// How many the gold annotation has.
  public var gold: Int
  /// How many were predicted.
  public var predicted: Int
  /// How many of the predicted ones are in the gold annotation.
  public var correct: Int

  /// Counts of one example, one type or label, or a whole corpus.
  public init(gold: Int = 0, predicted: Int = 0, correct: Int = 0) {
    self.gold = gold
    self.predicted = predicted
    self.correct = correct
  }

  /// The share of the predicted ones that are right.
  public var precision: Double { ratio(correct, predicted) }

  /// The share of the gold ones that were found.
  public var recall: Double { ratio(correct, gold) }

  /// The harmonic mean of precision and recall.
  public var f1: Double { ratio(2 * correct, gold + predicted) }

  /// Adds the counts of other examples, or of the same ones under another model.
  public mutating func add(_ other: MatchCounts) {
    gold += other.gold
    predicted += other.predicted
    correct += other.correct
  }

  private func ratio(_ numerator: Int, _ denominator: Int) -> Double {
    denominator == 0 ? 0 : Double(numerator) / Double(denominator)
  }
}

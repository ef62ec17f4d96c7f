/// How many entities the gold annotation has, how many were predicted, and how many of those are right.
///
/// An entity is right when its type, its first and its last word are. With g, p and c for the three counts:
///
///     precision = c / p      recall = c / g      F1 = 2 c / (g + p)
///
/// each a fraction in 0...1, and 0 where its denominator is 0, as conlleval and seqeval have it.
public struct EntityCounts: Sendable, Equatable {
  /// Entities in the gold annotation.
  public var gold: Int
  /// Entities that were predicted.
  public var predicted: Int
  /// Predicted entities that are in the gold annotation.
  public var correct: Int

  /// Counts of one sentence, one type or a whole corpus.
  public init(gold: Int = 0, predicted: Int = 0, correct: Int = 0) {
    self.gold = gold
    self.predicted = predicted
    self.correct = correct
  }

  /// The share of the predicted entities that are right.
  public var precision: Double { ratio(correct, predicted) }

  /// The share of the gold entities that were found.
  public var recall: Double { ratio(correct, gold) }

  /// The harmonic mean of precision and recall.
  public var f1: Double { ratio(2 * correct, gold + predicted) }

  /// Adds the counts of other sentences, or of the same ones under another model.
  public mutating func add(_ other: EntityCounts) {
    gold += other.gold
    predicted += other.predicted
    correct += other.correct
  }

  private func ratio(_ numerator: Int, _ denominator: Int) -> Double {
    denominator == 0 ? 0 : Double(numerator) / Double(denominator)
  }
}

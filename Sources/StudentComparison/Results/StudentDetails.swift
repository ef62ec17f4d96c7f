import Evaluation

/// A closer look at one model's predictions on the test sentences, made with the first of its seeds.
public struct StudentDetails: Sendable, Equatable {
  /// How far a model agrees with the teacher, right or wrong; fractions in 0...1.
  public struct Agreement: Sendable, Equatable {
    /// The share of words with the teacher's tag.
    public var words: Double
    /// Entity F1 as if the teacher's entities were gold.
    public var f1: Double

    /// A known agreement.
    public init(words: Double, f1: Double) {
      self.words = words
      self.f1 = f1
    }
  }

  /// How many matches of gold and predicted entities have an outcome, in the order of `EntityMatch.Outcome.allCases`.
  public var outcomes: [Int]
  /// The counts of entities whose words are an entity of the training corpus.
  public var seen: MatchCounts
  /// The counts of all other entities.
  public var unseen: MatchCounts
  /// The agreement with the teacher; nil for the teacher itself.
  public var agreement: Agreement?
  /// How well its entities' probabilities agree with how often they are right; nil for a model that gives none.
  public var calibration: Calibration?

  /// Details that are already known, for example from a stored report.
  public init(
    outcomes: [Int], seen: MatchCounts, unseen: MatchCounts, agreement: Agreement? = nil,
    calibration: Calibration? = nil
  ) {
    precondition(
      outcomes.count == EntityMatch.Outcome.allCases.count, "\(outcomes.count) outcomes")
    self.outcomes = outcomes
    self.seen = seen
    self.unseen = unseen
    self.agreement = agreement
    self.calibration = calibration
  }

  /// The errors of a kind.
  func count(of outcome: EntityMatch.Outcome) -> Int {
    zip(EntityMatch.Outcome.allCases, outcomes).first { $0.0 == outcome }?.1 ?? 0
  }

  /// The kinds of errors, without what is correct.
  static let errors = EntityMatch.Outcome.allCases.filter { $0 != .correct }

  /// How many errors there are of all kinds.
  var errorCount: Int { StudentDetails.errors.reduce(0) { $0 + count(of: $1) } }
}

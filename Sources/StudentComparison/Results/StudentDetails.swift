import Evaluation

/// A closer look at one model's predictions on the test examples, made with the first of its seeds.
public struct StudentDetails: Sendable, Equatable {
  /// How far a model agrees with the teacher, right or wrong; fractions in 0...1.
  public struct Agreement: Sendable, Equatable {
    /// The share of words with the teacher's tag, or of texts or pairs with its label.
    public var rows: Double
    /// Entity F1 as if the teacher's entities were gold; nil for texts and pairs.
    public var f1: Double?

    /// A known agreement.
    public init(rows: Double, f1: Double? = nil) {
      self.rows = rows
      self.f1 = f1
    }
  }

  /// Where a tagger errs.
  public struct EntityErrors: Sendable, Equatable {
    /// How many matches of gold and predicted entities have an outcome, in the order of `EntityMatch.Outcome.allCases`.
    public var outcomes: [Int]
    /// The counts of entities whose words are an entity of the training corpus.
    public var seen: MatchCounts
    /// The counts of all other entities.
    public var unseen: MatchCounts

    /// Known errors.
    public init(outcomes: [Int], seen: MatchCounts, unseen: MatchCounts) {
      precondition(
        outcomes.count == EntityMatch.Outcome.allCases.count, "\(outcomes.count) outcomes")
      self.outcomes = outcomes
      self.seen = seen
      self.unseen = unseen
    }

    /// The kinds of errors, without what is correct.
    static let kinds = EntityMatch.Outcome.allCases.filter { $0 != .correct }

    /// The errors of a kind.
    func count(of outcome: EntityMatch.Outcome) -> Int {
      zip(EntityMatch.Outcome.allCases, outcomes).first { $0.0 == outcome }?.1 ?? 0
    }

    /// How many errors there are of all kinds.
    var total: Int { Self.kinds.reduce(0) { $0 + count(of: $1) } }
  }

  /// Where it errs.
  public enum Errors: Sendable, Equatable {
    /// Of a tagger, the errors in its entities.
    case entities(EntityErrors)
    /// Of a classifier, which labels it takes for which.
    case labels(Confusion)
  }

  /// Where it errs.
  public var errors: Errors
  /// The agreement with the teacher; nil for the teacher itself.
  public var agreement: Agreement?
  /// How well its probabilities agree with how often it is right; nil for a model that gives none.
  public var calibration: Calibration?

  /// Details that are already known, for example from a stored report.
  public init(errors: Errors, agreement: Agreement? = nil, calibration: Calibration? = nil) {
    self.errors = errors
    self.agreement = agreement
    self.calibration = calibration
  }

  /// The errors of a tagger; nil for a classifier.
  var entityErrors: EntityErrors? {
    guard case .entities(let errors) = errors else { return nil }
    return errors
  }

  /// The labels that a classifier takes for others; nil for a tagger.
  var confusion: Confusion? {
    guard case .labels(let confusion) = errors else { return nil }
    return confusion
  }
}

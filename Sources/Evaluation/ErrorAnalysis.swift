import Labels

/// Where a tagger goes wrong: kinds of errors, confusion of types, seen against unseen entities, length of the sentence.
///
/// Sentences are added one by one, with their words. The counts of each part add up to those of `EntityScore`.
public struct ErrorAnalysis: Sendable {
  /// Sentences of like length with the counts of their entities.
  public struct LengthBin: Sendable, Equatable {
    /// The least number of words.
    public let shortest: Int
    /// The largest number of words; nil where there is no limit.
    public let longest: Int?
    /// How many sentences there are.
    public var sentences = 0
    /// The counts of their entities.
    public var counts = MatchCounts()

    /// The numbers of words: `1–10`, `51 and more`.
    public var name: String { longest.map { "\(shortest)–\($0)" } ?? "\(shortest) and more" }
  }

  /// The counts of entities by whether the training corpus has their surface form.
  ///
  /// A gold or predicted entity counts where its own form belongs; a correct one has the same form on both sides.
  public struct Seen: Sendable, Equatable {
    /// Entities whose form is in the training corpus.
    public var seen = MatchCounts()
    /// All others.
    public var unseen = MatchCounts()
  }

  /// Which types are taken for which.
  public private(set) var confusion = Confusion()
  /// The counts by the length of the sentence, from short to long.
  public private(set) var lengths = [(1, 10), (11, 20), (21, 30), (31, 50), (51, nil)].map {
    LengthBin(shortest: $0.0, longest: $0.1)
  }
  /// The counts by whether the training corpus has the form; nil where no training corpus was given.
  public private(set) var seen: Seen?
  private var countsByOutcome: [EntityMatch.Outcome: Int] = [:]
  private let trainingForms: SurfaceForms?

  /// An empty analysis.
  ///
  /// - Parameter trainingForms: The entities of the training corpus; nil leaves `seen` out.
  public init(trainingForms: SurfaceForms? = nil) {
    self.trainingForms = trainingForms
    seen = trainingForms.map { _ in Seen() }
  }

  /// How many matches have an outcome.
  public func count(of outcome: EntityMatch.Outcome) -> Int { countsByOutcome[outcome, default: 0] }

  /// How many matches are not correct: each wrong pair, missed and spurious entity once.
  public var errorCount: Int {
    countsByOutcome.reduce(0) { $0 + ($1.key == .correct ? 0 : $1.value) }
  }

  /// Adds a sentence; words and both kinds of tags must be equally many.
  public mutating func add(words: [String], gold: [String], predicted: [String]) {
    precondition(
      words.count == gold.count && words.count == predicted.count,
      "\(words.count) words, \(gold.count) gold tags, \(predicted.count) predicted ones")
    let matches = EntityMatch.matches(
      gold: EntitySpan.spans(of: gold), predicted: EntitySpan.spans(of: predicted))
    var counts = MatchCounts()
    for match in matches {
      confusion.add(gold: match.gold?.type, predicted: match.predicted?.type)
      countsByOutcome[match.outcome, default: 0] += 1
      counts.add(match)
      if let trainingForms { seen?.add(match, in: words, trainingForms) }
    }
    if let bin = lengths.lastIndex(where: { words.count >= $0.shortest }) {
      lengths[bin].sentences += 1
      lengths[bin].counts.add(counts)
    }
  }
}

extension ErrorAnalysis.Seen {
  fileprivate mutating func add(
    _ match: EntityMatch, in words: [String], _ forms: SurfaceForms
  ) {
    if let gold = match.gold {
      let correct = match.outcome == .correct ? 1 : 0
      add(MatchCounts(gold: 1, correct: correct), isSeen: forms.contain(gold, in: words))
    }
    if let predicted = match.predicted {
      add(MatchCounts(predicted: 1), isSeen: forms.contain(predicted, in: words))
    }
  }

  private mutating func add(_ counts: MatchCounts, isSeen: Bool) {
    if isSeen { seen.add(counts) } else { unseen.add(counts) }
  }
}

extension MatchCounts {
  /// Counts both sides of a match.
  fileprivate mutating func add(_ match: EntityMatch) {
    gold += match.gold == nil ? 0 : 1
    predicted += match.predicted == nil ? 0 : 1
    correct += match.outcome == .correct ? 1 : 0
  }
}

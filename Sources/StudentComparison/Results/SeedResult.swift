import Evaluation

/// One training of a student: its score on the test sentences, and how it came about.
///
/// Scores are kept as counts, from which precision, recall and F1 follow.
public struct SeedResult: Sendable, Equatable {
  /// The counts of one entity type.
  public struct TypeCounts: Sendable, Equatable {
    /// The name of the type.
    public var type: String
    /// Its entities in the test sentences.
    public var counts: MatchCounts

    /// The counts of a type.
    public init(type: String, counts: MatchCounts) {
      self.type = type
      self.counts = counts
    }
  }

  /// The seed of the training.
  public var seed: UInt64
  /// The counts of each test sentence, for paired tests.
  public var sentences: [MatchCounts]
  /// The counts of each type, in the order of their names.
  public var perType: [TypeCounts]
  /// How long it was trained, in seconds; nil where that is not known.
  public var trainingSeconds: Double?
  /// The F1 on the development sentences after each epoch, fractions in 0...1.
  public var devF1: [Double]

  /// A result whose counts are already known, for example from a stored report.
  public init(
    seed: UInt64, sentences: [MatchCounts], perType: [TypeCounts], trainingSeconds: Double? = nil,
    devF1: [Double] = []
  ) {
    self.seed = seed
    self.sentences = sentences
    self.perType = perType
    self.trainingSeconds = trainingSeconds
    self.devF1 = devF1
  }

  /// The result of a model that has just been scored.
  public init(
    seed: UInt64, score: any PooledScore, trainingSeconds: Double? = nil, devF1: [Double] = []
  ) {
    self.init(
      seed: seed, sentences: score.examples,
      perType: score.parts.map { TypeCounts(type: $0.name, counts: $0.counts) },
      trainingSeconds: trainingSeconds, devF1: devF1)
  }

  /// The counts over all sentences, from which precision, recall and F1 follow.
  public var overall: MatchCounts {
    sentences.reduce(into: MatchCounts()) { $0.add($1) }
  }
}

/// The mean of some figures and how far they lie from it.
public struct MeanAndDeviation: Sendable, Equatable {
  /// The mean; 0 of no figures.
  public let mean: Double
  /// The standard deviation, with n - 1 in its denominator; nil of fewer than two figures.
  public let deviation: Double?

  /// Takes both of some figures.
  public init(_ figures: [Double]) {
    let count = Double(figures.count)
    let mean = figures.isEmpty ? 0 : figures.reduce(0, +) / count
    self.mean = mean
    deviation =
      figures.count < 2
      ? nil
      : (figures.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)).squareRoot()
  }
}

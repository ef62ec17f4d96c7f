import Evaluation

/// One row of the comparison: a model and what was measured of it on the test sentences.
///
/// Where several seeds were trained, each figure is their mean.
public struct StudentResult: Sendable, Equatable {
  /// How a model came by its weights.
  public enum Training: String, Sendable, CaseIterable {
    /// The model that the others learn from.
    case teacher
    /// From the gold labels alone.
    case direct
    /// From the teacher's logits.
    case distilled
  }

  /// The scores of one entity type, fractions in 0...1.
  public struct TypeScore: Sendable, Equatable {
    /// The name of the type.
    public var type: String
    /// The share of its predicted entities that are right.
    public var precision: Double
    /// The share of its gold entities that were found.
    public var recall: Double
    /// The harmonic mean of both.
    public var f1: Double
    /// How many gold entities there are.
    public var gold: Int

    /// The scores of a type.
    public init(type: String, precision: Double, recall: Double, f1: Double, gold: Int) {
      self.type = type
      self.precision = precision
      self.recall = recall
      self.f1 = f1
      self.gold = gold
    }
  }

  /// The student's name: `teacher`, `bert-first-3`, `bilstm+aug`.
  public var name: String
  /// How it was trained.
  public var training: Training
  /// The seeds it was trained with.
  public var seeds: [UInt64]

  /// Entity F1, a fraction in 0...1.
  public var f1: Double
  /// The lower end of the 95 % bootstrap interval of F1.
  public var f1Low: Double
  /// The upper end of the 95 % bootstrap interval of F1.
  public var f1High: Double
  /// Entity precision.
  public var precision: Double
  /// Entity recall.
  public var recall: Double
  /// The scores of each type, in the order of their names.
  public var perType: [TypeScore] = []
  /// The counts of each test sentence, for paired tests; empty where they were not kept.
  public var sentences: [EntityCounts] = []

  /// How many parameters the model has.
  public var parameters: Int
  /// How many of them are not embedding tables.
  public var parametersWithoutEmbeddings: Int
  /// The size of the weights file.
  public var fileBytes: Int

  /// How many words it tags in a second; nil where it was not measured, as for the fields that follow.
  public var wordsPerSecond: Double?
  /// The median time for one sentence alone, in milliseconds.
  public var latencyP50Milliseconds: Double?
  /// The 95th percentile of the time for one sentence alone, in milliseconds.
  public var latencyP95Milliseconds: Double?
  /// The most memory that a process needed to tag with it.
  public var peakMemoryBytes: Int?
  /// How long it was trained, in seconds.
  public var trainingSeconds: Double?

  /// A result whose score is already known, for example from a stored report.
  public init(
    name: String, training: Training, seeds: [UInt64], f1: Double, f1Low: Double, f1High: Double,
    precision: Double, recall: Double, parameters: Int, parametersWithoutEmbeddings: Int,
    fileBytes: Int
  ) {
    self.name = name
    self.training = training
    self.seeds = seeds
    self.f1 = f1
    self.f1Low = f1Low
    self.f1High = f1High
    self.precision = precision
    self.recall = recall
    self.parameters = parameters
    self.parametersWithoutEmbeddings = parametersWithoutEmbeddings
    self.fileBytes = fileBytes
  }

  /// A result with the figures of a score and the bootstrap interval of its F1.
  public init(
    name: String, training: Training, seed: UInt64, score: EntityScore, parameters: Int,
    parametersWithoutEmbeddings: Int, fileBytes: Int
  ) {
    let interval = score.f1Interval()
    self.init(
      name: name, training: training, seeds: [seed], f1: score.overall.f1, f1Low: interval.low,
      f1High: interval.high, precision: score.overall.precision, recall: score.overall.recall,
      parameters: parameters, parametersWithoutEmbeddings: parametersWithoutEmbeddings,
      fileBytes: fileBytes)
    perType = score.perType.map {
      TypeScore(
        type: $0.type, precision: $0.counts.precision, recall: $0.counts.recall, f1: $0.counts.f1,
        gold: $0.counts.gold)
    }
    sentences = score.sentences
  }

  /// Name and training in one, as labels and sentences show it: `bilstm+aug, distilled`.
  public var title: String { training == .teacher ? name : "\(name), \(training.rawValue)" }
}

import Evaluation

/// One row of the comparison: a student, its training with each seed, and what it costs at work.
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

  /// The scores of one entity type or label, means over the seeds, fractions in 0...1.
  public struct TypeScore: Sendable, Equatable {
    /// The name of the type.
    public let type: String
    /// The share of its predicted entities that are right.
    public let precision: Double
    /// The share of its gold entities that were found.
    public let recall: Double
    /// The harmonic mean of both.
    public let f1: Double
    /// How many gold entities there are.
    public let gold: Int
  }

  /// The student's name: `teacher`, `bert-first-3`, `bilstm+aug`.
  public var name: String
  /// How it was trained.
  public var training: Training
  /// Its training with each seed.
  public let seeds: [SeedResult]
  /// The 95 % bootstrap interval of F1 or accuracy over the test examples, the counts of all seeds summed.
  public let f1Interval: BootstrapInterval

  /// How many parameters the model has.
  public var parameters: Int
  /// How many of them are not embedding tables.
  public var parametersWithoutEmbeddings: Int
  /// The size of the weights file.
  public var fileBytes: Int

  /// How many words it reads in a second on one thread; nil where it was not measured, as for the fields that follow.
  public var wordsPerSecond: Double?
  /// How many words it reads in a second on all threads.
  public var wordsPerSecondOnAllThreads: Double?
  /// The median time for one example alone, in milliseconds.
  public var latencyP50Milliseconds: Double?
  /// The 95th percentile of the time for one example alone, in milliseconds.
  public var latencyP95Milliseconds: Double?
  /// The most memory that a process needed to work with it.
  public var peakMemoryBytes: Int?
  /// A closer look at its predictions.
  public var details: StudentDetails?

  /// A student with the results of its seeds, which must all be on the same examples.
  public init(
    name: String, training: Training, seeds: [SeedResult], parameters: Int,
    parametersWithoutEmbeddings: Int, fileBytes: Int
  ) {
    self.name = name
    self.training = training
    self.seeds = seeds
    self.parameters = parameters
    self.parametersWithoutEmbeddings = parametersWithoutEmbeddings
    self.fileBytes = fileBytes
    f1Interval = Bootstrap.interval(of: StudentResult.sum(seeds))
  }

  /// Name and training in one, as labels and sentences show it: `bilstm+aug, distilled`.
  public var title: String { training == .teacher ? name : "\(name), \(training.rawValue)" }

  /// Entity F1, or accuracy, which is the F1 of all labels' counts, a fraction in 0...1: the mean over the seeds, and their
  /// deviation.
  public var f1: MeanAndDeviation { MeanAndDeviation(seeds.map(\.overall.f1)) }

  /// Entity precision, as F1.
  public var precision: MeanAndDeviation { MeanAndDeviation(seeds.map(\.overall.precision)) }

  /// Entity recall, as F1.
  public var recall: MeanAndDeviation { MeanAndDeviation(seeds.map(\.overall.recall)) }

  /// How long a training took, in seconds: the mean over the seeds; nil where one of them is not known.
  public var trainingSeconds: Double? {
    let known = seeds.compactMap(\.trainingSeconds)
    return known.isEmpty || known.count < seeds.count ? nil : MeanAndDeviation(known).mean
  }

  /// The scores of each type, in the order of their names.
  public var perType: [TypeScore] {
    let types = seeds.flatMap { $0.perType.map(\.type) }.sorted()
    return types.indices.filter { $0 == 0 || types[$0] != types[$0 - 1] }.map { index in
      let counts = seeds.map { seed in
        seed.perType.first { $0.type == types[index] }?.counts ?? MatchCounts()
      }
      return TypeScore(
        type: types[index], precision: MeanAndDeviation(counts.map(\.precision)).mean,
        recall: MeanAndDeviation(counts.map(\.recall)).mean,
        f1: MeanAndDeviation(counts.map(\.f1)).mean, gold: counts.map(\.gold).max() ?? 0)
    }
  }

  /// The counts of each test example, those of all seeds summed: what paired tests resample.
  public var sentences: [MatchCounts] { StudentResult.sum(seeds) }

  /// The counts of each test example, summed over seeds, which must be of the same sentences.
  static func sum(_ seeds: [SeedResult]) -> [MatchCounts] {
    guard var sums = seeds.first?.sentences else { return [] }
    for seed in seeds.dropFirst() {
      precondition(
        seed.sentences.count == sums.count,
        "\(seed.sentences.count) sentences with one seed, \(sums.count) with another")
      for index in sums.indices { sums[index].add(seed.sentences[index]) }
    }
    return sums
  }
}

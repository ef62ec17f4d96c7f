/// How a network is trained.
public struct TrainingSettings: Sendable, Equatable {
  /// Passes over the examples.
  public var epochs = 3
  /// Examples of a step.
  public var batchSize = 32
  /// The learning rate at its peak.
  public var learningRate: Float = 1e-3
  /// The share of the steps in which the rate rises.
  public var warmUpFraction: Float = 0
  /// The share of the peak that is left of the rate at the end.
  public var finalFraction: Float = 0
  /// The gradient's largest norm; a longer gradient is shortened to it.
  public var clippingNorm: Float = 1
  /// How the rate falls.
  public var schedule = LearningRateSchedule.Shape.linear
  /// What turns gradients into steps.
  public var optimizer = OptimizerSettings.adamW(AdamW.Settings())
  /// Whether a running average of the weights is judged and kept in their place.
  public var averagesWeights = false
  /// Epochs without a better dev score after which training ends; nil runs them all.
  public var patience: Int?
  /// Whether dropout is on.
  public var usesDropout = true
  /// The seed of shuffling and dropout.
  public var seed: UInt64 = 1
  /// Into how many shards a batch is cut; part of what decides the result.
  public var shards = 4
  /// The most that is read at a time, in rows of short examples; what a batch has more is read in further parts, whose
  /// gradients are added up.
  public var rowsAtATime = 6144

  /// The defaults above.
  public init() {}

  /// All settings as lines `name=value`, for the key of what is trained.
  public var keyLines: [String] {
    [
      "epochs=\(epochs)", "batch_size=\(batchSize)", "learning_rate=\(learningRate)",
      "warm_up_fraction=\(warmUpFraction)", "final_fraction=\(finalFraction)",
      "clipping_norm=\(clippingNorm)", "schedule=\(schedule.rawValue)",
      "averages_weights=\(averagesWeights)", "patience=\(patience.map(String.init) ?? "none")",
      "uses_dropout=\(usesDropout)", "seed=\(seed)", "shards=\(shards)",
      "rows_at_a_time=\(rowsAtATime)",
    ] + optimizer.keyLines
  }

  /// The recipe for fine-tuning MiniLM-L6: AdamW at 2e-4, a tenth of warm-up, then a linear fall to 0, batches of 32.
  public static var fineTuning: TrainingSettings {
    var settings = TrainingSettings()
    settings.learningRate = 2e-4
    settings.warmUpFraction = 0.1
    return settings
  }

  /// The recipe for the BiLSTM student: AdamW at 1e-3 falling to 2 %, clipping at 5.
  public static var student: TrainingSettings {
    var settings = TrainingSettings()
    settings.epochs = 4
    settings.finalFraction = 0.02
    settings.clippingNorm = 5
    settings.optimizer = .adamW(weightDecay: 1e-4)
    return settings
  }
}

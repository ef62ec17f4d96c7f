import Augment
import Corpora
import Layers
import ModelFiles
import Runtime
import Training

/// How the first version of stages.json knew an artefact, so that runs of that version need not be made again.
///
/// Its keys held Swift's own descriptions of the settings and left the configuration files of teachers out.
public struct FormerKey: Sendable {
  /// The key.
  public let key: String
  /// Files that decide the artefact and are not in the key.
  let unkeyed: [String]

  /// A stage's key by its parts.
  public init(_ parts: [String], unkeyed: [String]) {
    key = ContentHash.key(of: parts)
    self.unkeyed = unkeyed
  }

  /// The parts that stood for the files of a BERT.
  static func parts(_ directory: HuggingFaceDirectory) throws -> [String] {
    try (directory.weightsPaths + [directory.vocabularyPath]).map {
      try ContentHash.sha256(file: $0)
    }
  }

  /// The part that stood for settings.
  static func part(_ settings: TrainingSettings) -> String {
    "TrainingSettings(epochs: \(settings.epochs), batchSize: \(settings.batchSize), "
      + "learningRate: \(settings.learningRate), warmUpFraction: \(settings.warmUpFraction), "
      + "finalFraction: \(settings.finalFraction), clippingNorm: \(settings.clippingNorm), "
      + "schedule: Training.LearningRateSchedule.Shape.\(settings.schedule.rawValue), "
      + "optimizer: Training.OptimizerSettings.\(part(settings.optimizer)), "
      + "averagesWeights: \(settings.averagesWeights), "
      + "patience: \(settings.patience.map { "Optional(\($0))" } ?? "nil"), "
      + "usesDropout: \(settings.usesDropout), seed: \(settings.seed), shards: \(settings.shards))"
  }

  private static func part(_ optimizer: OptimizerSettings) -> String {
    switch optimizer {
    case .adamW(let settings):
      "adamW(Training.AdamW.Settings(beta1: \(settings.beta1), beta2: \(settings.beta2), "
        + "epsilon: \(settings.epsilon), weightDecay: \(settings.weightDecay), "
        + "horizon: \(settings.horizon)))"
    case .adaDelta(let settings):
      "adaDelta(Training.AdaDelta.Settings(rho: \(settings.rho), epsilon: \(settings.epsilon)))"
    }
  }

  /// The part that stood for an objective.
  static func part(_ objective: ObjectiveSchedule) -> String {
    let start = part(objective.start)
    return objective.start == objective.end ? start : "\(start) moving to \(part(objective.end))"
  }

  private static func part(_ objective: LogitObjective) -> String {
    // The type's name in that version.
    "TokenObjective(meanSquaredError: \(objective.meanSquaredError), "
      + "divergence: \(objective.divergence), temperature: \(objective.temperature), "
      + "crossEntropy: \(objective.crossEntropy))"
  }

  /// The parts that stood for augmentation with a seed.
  static func parts(_ settings: AugmentationSettings, seed: UInt64) -> [String] {
    [
      "augment", "\(settings.rounds)", "\(settings.maskProbability)",
      "\(settings.partOfSpeechProbability)", "\(settings.nGramProbability)",
      "\(settings.nGramLengths)",
      settings.operations.map(\.rawValue).sorted().joined(separator: ","), "\(seed)",
    ]
  }

  /// The parts that stood for a student's design.
  static func parts(_ design: StudentDesign) throws -> [String] {
    let usual = StudentDesign()
    var parts: [String] = []
    if design.pieceDimension != usual.pieceDimension {
      parts.append("pieces \(design.pieceDimension)")
    }
    if design.hidden != usual.hidden { parts.append("hidden \(design.hidden)") }
    if design.layers != 1 { parts.append("layers \(design.layers)") }
    if design.hasCRF { parts.append("crf") }
    if let vectors = design.wordVectors { parts.append(try ContentHash.sha256(file: vectors)) }
    return parts
  }

  /// The parts that stood for originals that come more than once.
  static func parts(originalRepeats: Int) -> [String] {
    originalRepeats == 1 ? [] : ["original repeats \(originalRepeats)"]
  }
}

import ArgumentParser
import Distillation
import Training

/// The optimisers that `--optimizer` names.
public enum OptimizerName: String, CaseIterable, ExpressibleByArgument, Sendable {
  case adamw
  case adadelta
}

/// The recipes that `--recipe` names: what stands where an option is left out.
public enum RecipeName: String, CaseIterable, ExpressibleByArgument, Sendable {
  /// The recipe that measured best.
  case standard = "default"
  /// Tang et al. 2019 (arXiv 1903.12136), sections 3.1 and 4.2, with words in place of sentences.
  case paper

  var loss: DistillationLoss { self == .paper ? .mse : .kl }
  var alpha: Float { self == .paper ? 0 : 0.5 }
  var hasCRF: Bool { self != .paper }
  var optimizer: OptimizerName { self == .paper ? .adadelta : .adamw }
  var batchSize: Int { self == .paper ? 50 : TrainingSettings.student.batchSize }
}

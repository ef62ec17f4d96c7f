import Labels
import Training

/// A recipe that goes by a name: the values of settings that the user leaves out.
public enum Recipe: String, CaseIterable, Sendable {
  /// The recipe that measured best.
  case standard = "default"
  /// Tang et al. 2019 (arXiv 1903.12136), sections 3.1 and 4.2, and for the tags of words the same carried over.
  case paper

  /// Puts the recipe's values into a plan that has the defaults.
  public func apply(to plan: inout DistillationPlan) {
    guard self == .paper else { return }
    for (name, value) in [
      ("loss", "mse"), ("alpha", "0"), ("crf", "no"), ("optimizer", "adadelta"),
    ] {
      let isRight = RecipeField.named(name)?.set(value, in: &plan) ?? false
      precondition(isRight, "a recipe has \(value) for \(name)")
    }
    plan.studentTraining.batchSize = plan.task == .pair ? 256 : 50
  }
}

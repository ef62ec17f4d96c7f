import Augment
import Corpora
import Distillation
import Training

/// One setting of the recipe that an ablation varies, and the values that it takes.
public struct AblationFactor: Sendable {
  /// What is wrong with a factor, in words for the user.
  public struct Problem: Error, CustomStringConvertible {
    /// The words.
    public let description: String
  }

  /// The setting.
  public let field: RecipeField
  /// Its values, each once.
  public let values: [String]

  /// The settings that can be varied.
  static let fields = RecipeField.all.filter(\.isVaried)

  /// The names of the settings that can be varied, for help texts.
  public static var names: String { fields.map(\.name).joined(separator: ", ") }

  /// Reads `n-iter=0,5,10`; operations that belong together stand with a + between them.
  ///
  /// - Throws: `Problem` for a setting that there is not, or a value that it cannot have.
  public init(_ text: String) throws(Problem) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let field = Self.fields.first(where: { $0.name == parts[0] }) else {
      throw Problem(description: "\(text) is not NAME=VALUE,VALUE with one of \(Self.names)")
    }
    var plan = DistillationPlan(
      train: CorpusSource(path: nil, otherwise: BundledCorpus.gazette.train),
      dev: CorpusSource(path: nil, otherwise: BundledCorpus.gazette.dev), test: nil)
    var values: [String] = []
    for value in parts[1].split(separator: ",", omittingEmptySubsequences: false) {
      guard field.set(String(value), in: &plan) else {
        throw Problem(description: "\(text): \(value) is not \(field.expectation)")
      }
      let value = field.value(in: plan)
      if !values.contains(value) { values.append(value) }
    }
    self.init(field, values)
  }

  private init(_ field: RecipeField, _ values: [String]) {
    self.field = field
    self.values = values
  }

  /// What an ablation varies when nothing is named: each operation of the plan alone, all and none; n_iter; the loss.
  public static func defaults(for plan: DistillationPlan) -> [AblationFactor] {
    let operations = AugmentationOperation.allCases.filter(plan.augmentation.operations.contains)
    let all = operations.map(\.rawValue).joined(separator: "+")
    let sets = ["none"] + operations.map(\.rawValue) + (operations.count > 1 ? [all] : [])
    return [
      AblationFactor(.operations, sets), AblationFactor(.rounds, ["0", "1", "5", "10", "20"]),
      AblationFactor(.loss, DistillationLoss.allCases.map(\.rawValue)),
    ]
  }
}

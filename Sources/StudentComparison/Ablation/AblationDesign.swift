import Augment
import Distillation

/// The recipes that an ablation tries.
public struct AblationDesign: Sendable {
  /// One recipe.
  public struct Variant: Sendable {
    /// Its value of the factor that its table is about, or its values of all factors.
    public let title: String
    /// The recipe.
    public let plan: DistillationPlan

    init(_ title: String, _ plan: DistillationPlan) {
      self.title = title
      var plan = plan
      // Two ways to say that nothing is perturbed.
      if plan.augmentation.rounds == 0 || plan.augmentation.operations.isEmpty {
        plan.augmentation.rounds = 0
        plan.augmentation.operations = []
      }
      self.plan = plan
    }

    /// The name of its augmented text and logits; variants that share them have the same.
    var transferName: String {
      values { $0 == .augmentation }.map(\.value).joined(separator: "-")
    }

    /// The name of the rest.
    var studentName: String {
      values { $0 != .augmentation }.map { "\($0.name)-\($0.value)" }.joined(separator: "_")
    }

    private func values(
      of sections: (RecipeField.Section) -> Bool
    ) -> [(name: String, value: String)] {
      AblationFactor.fields.filter { sections($0.section) }
        .map { (name: $0.name, value: $0.value(in: plan)) }
    }

    /// The same for variants that are the same.
    public var identity: String { "\(transferName)_\(studentName)" }

    /// What is trained: on the augmented sentences' own tags where no teacher is asked.
    public var choice: StudentChoice {
      StudentChoice(kind: .bilstmAugmented, isDistilled: plan.loss != .ce)
    }
  }

  /// Variants that stand in one table.
  public struct Group: Sendable {
    /// What is varied.
    public let name: String
    /// The variants.
    public let variants: [Variant]
  }

  /// The recipe that is ablated.
  public let base: Variant
  /// The tables.
  public let groups: [Group]

  /// Designs an ablation.
  ///
  /// - Parameters:
  ///   - plan: The recipe that is ablated.
  ///   - factors: What is varied.
  ///   - isCrossed: Whether every combination of values is tried, in one table; else one factor at a time, the others as in the
  ///     plan, whose own value is added where it is missing.
  public init(_ plan: DistillationPlan, factors: [AblationFactor], isCrossed: Bool) {
    base = Variant("", plan)
    guard !isCrossed else {
      var variants = [(values: [String](), plan: plan)]
      for factor in factors {
        variants = variants.flatMap { variant in
          factor.values.map { value in
            (variant.values + [value], Self.plan(variant.plan, factor.field, value))
          }
        }
      }
      groups = [
        Group(
          name: factors.map(\.field.name).joined(separator: ", "),
          variants: variants.map { Variant($0.values.joined(separator: ", "), $0.plan) })
      ]
      return
    }
    groups = factors.map { factor in
      let own = factor.field.value(in: plan)
      let values = factor.values.contains(own) ? factor.values : factor.values + [own]
      return Group(
        name: factor.field.name,
        variants: values.map { Variant($0, Self.plan(plan, factor.field, $0)) })
    }
  }

  /// The different variants, those that share augmented text and logits one after another, those of the base first.
  public var variants: [Variant] {
    var seen: Set<String> = []
    var transfers = [base.transferName]
    let all = groups.flatMap(\.variants).filter { seen.insert($0.identity).inserted }
    for variant in all where !transfers.contains(variant.transferName) {
      transfers.append(variant.transferName)
    }
    return transfers.flatMap { name in all.filter { $0.transferName == name } }
  }

  /// How many different recipes there are.
  public var count: Int { variants.count }

  private static func plan(
    _ plan: DistillationPlan, _ field: RecipeField, _ value: String
  ) -> DistillationPlan {
    var plan = plan
    let isRight = field.set(value, in: &plan)
    precondition(isRight, "a factor has \(value) for \(field.name)")
    return plan
  }
}

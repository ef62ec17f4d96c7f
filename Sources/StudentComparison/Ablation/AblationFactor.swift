import Augment
import Distillation

/// One setting of the recipe that an ablation varies, and the values that it takes.
public struct AblationFactor: Sendable, Equatable {
  /// The settings that can be varied, named as the options that they come from.
  public enum Name: String, CaseIterable, Sendable {
    case operations
    case rounds = "n-iter"
    case loss
    case alpha
    case finalAlpha = "final-alpha"
    case temperature
    case dropout
    case epochs
    case crf
    case layers
    case pieceDimension = "piece-dimension"
    case hiddenSize = "hidden-size"
    case originalRepeats = "original-repeats"
  }

  /// What is wrong with a factor, in words for the user.
  public struct Problem: Error, CustomStringConvertible {
    /// The words.
    public let description: String
  }

  /// The setting.
  public let name: Name
  /// Its values, each once.
  public let values: [String]

  /// Takes values that are known to be right.
  init(_ name: Name, _ values: [String]) {
    self.name = name
    self.values = values
  }

  /// Reads `n-iter=0,5,10`; operations that belong together stand with a + between them.
  ///
  /// - Throws: `Problem` for a setting that there is not, or a value that it cannot have.
  public init(_ text: String) throws(Problem) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let name = Name(rawValue: String(parts[0])) else {
      let names = Name.allCases.map(\.rawValue).joined(separator: ", ")
      throw Problem(description: "\(text) is not NAME=VALUE,VALUE with one of \(names)")
    }
    var plan = DistillationPlan(
      train: CorpusSource(path: nil, otherwise: .train),
      dev: CorpusSource(path: nil, otherwise: .dev), test: nil)
    var values: [String] = []
    for value in parts[1].split(separator: ",", omittingEmptySubsequences: false) {
      guard name.set(String(value), in: &plan) else {
        throw Problem(description: "\(text): \(value) is not \(name.expectation)")
      }
      let value = name.value(in: plan)
      if !values.contains(value) { values.append(value) }
    }
    self.init(name, values)
  }

  /// What an ablation varies when nothing is named: each operation of the plan alone, all and none; n_iter; the loss.
  public static func usual(for plan: DistillationPlan) -> [AblationFactor] {
    let operations = AugmentationOperation.allCases.filter(plan.augmentation.operations.contains)
    let all = operations.map(\.rawValue).joined(separator: "+")
    let sets = ["none"] + operations.map(\.rawValue) + (operations.count > 1 ? [all] : [])
    return [
      AblationFactor(.operations, sets), AblationFactor(.rounds, ["0", "1", "5", "10", "20"]),
      AblationFactor(.loss, DistillationLoss.allCases.map(\.rawValue)),
    ]
  }
}

extension AblationFactor.Name {
  /// What a value must be.
  var expectation: String {
    switch self {
    case .operations:
      "none, or any of \(AugmentationOperation.allCases.map(\.rawValue).joined(separator: ", ")) with + between them"
    case .rounds: "a whole number from 0 to \(AugmentationSettings.mostRounds)"
    case .loss: "one of \(DistillationLoss.allCases.map(\.rawValue).joined(separator: ", "))"
    case .alpha, .finalAlpha: "a number from 0 to 1"
    case .temperature: "a number above 0"
    case .dropout: "a number from 0 to below 1"
    case .epochs: "auto, or a whole number from 1 to 100000"
    case .crf: "yes or no"
    case .layers: "1 or 2"
    case .pieceDimension: "a whole number from 1 to \(StudentDesign.largestPieceDimension)"
    case .hiddenSize: "a whole number from 1 to \(StudentDesign.largestHidden)"
    case .originalRepeats: "a whole number from 1 to \(DistillationPlan.mostRepeats)"
    }
  }

  /// Puts a value into a plan; false, and nothing changed, where it cannot have it.
  func set(_ value: String, in plan: inout DistillationPlan) -> Bool {
    func put<Value>(
      _ read: Value?, _ place: WritableKeyPath<DistillationPlan, Value>,
      _ isRight: (Value) -> Bool = { _ in true }
    ) -> Bool {
      guard let read, isRight(read) else { return false }
      plan[keyPath: place] = read
      return true
    }
    switch self {
    case .operations:
      return put(Self.operations(value), \.augmentation.operations)
    case .rounds:
      return put(Int(value), \.augmentation.rounds) {
        (0...AugmentationSettings.mostRounds).contains($0)
      }
    case .loss: return put(DistillationLoss(rawValue: value), \.loss)
    case .alpha: return put(Float(value), \.alpha) { (0...1).contains($0) }
    case .finalAlpha:
      return put(Float(value), \.finalAlpha) { alpha in alpha.map { (0...1).contains($0) } ?? false
      }
    case .temperature: return put(Float(value), \.temperature) { $0 > 0 && $0.isFinite }
    case .dropout:
      return put(Float(value), \.dropout) { $0.map { (0..<1).contains($0) } ?? false }
    case .epochs:
      let isRight = value == "auto" || (1...100_000).contains(Int(value) ?? 0)
      return put(isRight ? Int(value) ?? 0 : nil, \.studentTraining.epochs)
    case .crf: return put(["yes": true, "no": false][value], \.design.hasCRF)
    case .layers: return put(Int(value), \.design.layers) { (1...2).contains($0) }
    case .pieceDimension:
      return put(Int(value), \.design.pieceDimension) {
        (1...StudentDesign.largestPieceDimension).contains($0)
      }
    case .hiddenSize:
      return put(Int(value), \.design.hidden) { (1...StudentDesign.largestHidden).contains($0) }
    case .originalRepeats:
      return put(Int(value), \.originalRepeats) { (1...DistillationPlan.mostRepeats).contains($0) }
    }
  }

  /// The value that a plan has.
  func value(in plan: DistillationPlan) -> String {
    switch self {
    case .operations:
      plan.augmentation.operations.isEmpty
        ? "none"
        : AugmentationOperation.allCases.filter(plan.augmentation.operations.contains)
          .map(\.rawValue).joined(separator: "+")
    case .rounds: "\(plan.augmentation.rounds)"
    case .loss: plan.loss.rawValue
    case .alpha: "\(plan.alpha)"
    case .finalAlpha: "\(plan.finalAlpha ?? plan.alpha)"
    case .temperature: "\(plan.temperature)"
    case .dropout: "\(plan.dropout())"
    case .epochs: plan.studentTraining.epochs == 0 ? "auto" : "\(plan.studentTraining.epochs)"
    case .crf: plan.design.hasCRF ? "yes" : "no"
    case .layers: "\(plan.design.layers)"
    case .pieceDimension: "\(plan.design.pieceDimension)"
    case .hiddenSize: "\(plan.design.hidden)"
    case .originalRepeats: "\(plan.originalRepeats)"
    }
  }

  private static func operations(_ value: String) -> Set<AugmentationOperation>? {
    if value == "none" { return [] }
    let names = value.split(separator: "+", omittingEmptySubsequences: false)
    let operations = names.compactMap { AugmentationOperation(rawValue: String($0)) }
    return operations.count == names.count ? Set(operations) : nil
  }
}

import ArgumentParser
import Corpora
import Distillation
import Labels

/// The options of one section of the recipe, made from its fields.
///
/// ArgumentParser finds options by looking at the properties of a value; here the mirror shows it an option for each field,
/// and decoding asks for each by the field's name.
struct RecipeOptions<Section: RecipeSection>: ParsableArguments, CustomReflectable {
  /// The values that were given, as text, by the names of their fields.
  private(set) var values: [String: String] = [:]

  init() {}

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: FieldKey.self)
    for field in Section.fields {
      let key = FieldKey(stringValue: field.name)
      switch field.form {
      case .value: values[field.name] = try container.decodeIfPresent(String.self, forKey: key)
      case .flag:
        values[field.name] = try container.decodeIfPresent(Bool.self, forKey: key)
          .map { $0 ? "yes" : "no" }
      }
    }
  }

  /// An option for each field.
  var customMirror: Mirror {
    Mirror(self, children: Section.fields.map { (label: $0.name, value: Self.argument(for: $0)) })
  }

  /// Checks every value that was given.
  func validate() throws {
    var plan = DistillationPlan.bundled
    try apply(to: &plan)
  }

  /// Puts the values that were given into a plan.
  ///
  /// - Throws: `ValidationError` for a value that its setting cannot have.
  func apply(to plan: inout DistillationPlan) throws {
    for field in Section.fields {
      guard let value = values[field.name] else { continue }
      guard field.set(value, in: &plan) else {
        throw ValidationError("--\(field.name) \(value) is not \(field.expectation).")
      }
    }
  }

  /// Refuses values of settings that decide nothing in a task.
  ///
  /// - Throws: `ValidationError` that names one.
  func check(areUsedBy task: TaskKind) throws {
    for field in Section.fields where values[field.name] != nil && !field.tasks.contains(task) {
      let tasks = field.tasks.map { $0.task.exampleNoun }.joined(separator: " and ")
      throw ValidationError(
        "--\(field.name) is for \(field.tasks == [.tag] ? "sentences whose words have tags" : tasks), but the corpus has \(task.task.exampleNoun)\(task == .tag ? " whose words have tags" : "")."
      )
    }
  }

  private static func argument(for field: RecipeField) -> Any {
    let preset = field.defaultText ?? field.value(in: .bundled)
    let name = NameSpecification.customLong(field.name)
    switch field.form {
    case .value(let valueName):
      return Option<String?>(
        name: name,
        help: ArgumentHelp(
          "\(field.help) Values: \(field.expectation). (default: \(preset))", valueName: valueName))
    case .flag:
      return Flag<Bool?>(
        name: name, inversion: .prefixedNo,
        help: ArgumentHelp(
          "\(field.help) (default: --\(preset == "yes" ? "" : "no-")\(field.name))"))
    }
  }
}

/// A section of the recipe as a type, since options are found by type.
protocol RecipeSection {
  static var section: RecipeField.Section { get }
}

extension RecipeSection {
  /// The fields of the section.
  static var fields: [RecipeField] { RecipeField.all.filter { $0.section == section } }
}

enum AugmentationSection: RecipeSection { static let section = RecipeField.Section.augmentation }
enum LossSection: RecipeSection { static let section = RecipeField.Section.loss }
enum StudentSection: RecipeSection { static let section = RecipeField.Section.student }
enum TrainingSection: RecipeSection { static let section = RecipeField.Section.training }

/// The name of a field as the key of its option.
private struct FieldKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

extension DistillationPlan {
  /// The defaults on the bundled corpus, by which values are checked.
  fileprivate static var bundled: DistillationPlan {
    DistillationPlan(
      train: CorpusSource(path: nil, otherwise: BundledCorpus.gazette.train),
      dev: CorpusSource(path: nil, otherwise: BundledCorpus.gazette.dev), test: nil)
  }
}

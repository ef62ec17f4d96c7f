import Labels

/// One setting of the recipe: its name, what it means, which values it takes and where a plan keeps it.
///
/// The options of the commands, the parts that an ablation varies and the checks of their values all come from the fields of
/// `RecipeField.all`, so that a new setting is one entry there.
public struct RecipeField: Sendable {
  /// How a setting is written on the command line.
  public enum Form: Sendable, Equatable {
    /// `--name VALUE`, with what help texts call the value.
    case value(String)
    /// `--name` for yes, `--no-name` for no.
    case flag
  }

  /// The part of the recipe that a setting belongs to, under which help texts list it.
  public enum Section: String, Sendable, CaseIterable {
    case augmentation = "Augmentation options"
    case loss = "Loss options"
    case student = "Student options"
    case training = "Training options"
  }

  /// The name of its option, without the hyphens.
  public let name: String
  /// The part of the recipe.
  public let section: Section
  /// How it is written.
  public let form: Form
  /// The help text.
  public let help: String
  /// What its values are, such as "a whole number from 1 to 1024".
  public let expectation: String
  /// What happens where it is left out, for the help text; nil for the plan's own value.
  public let defaultText: String?
  /// Whether an ablation may vary it.
  public let isVaried: Bool
  /// The tasks in which it decides something.
  public private(set) var tasks = TaskKind.allCases
  private let read: @Sendable (_ text: String, _ plan: inout DistillationPlan) -> Bool
  private let write: @Sendable (_ plan: DistillationPlan) -> String

  init(
    _ name: String, _ section: Section, _ form: Form, _ help: String, expectation: String,
    default defaultText: String? = nil, isVaried: Bool = true,
    read: @escaping @Sendable (_ text: String, _ plan: inout DistillationPlan) -> Bool,
    write: @escaping @Sendable (_ plan: DistillationPlan) -> String
  ) {
    self.name = name
    self.section = section
    self.form = form
    self.help = help
    self.expectation = expectation
    self.defaultText = defaultText
    self.isVaried = isVaried
    self.read = read
    self.write = write
  }

  /// The same setting, which decides something in some tasks alone.
  func used(by tasks: TaskKind...) -> RecipeField {
    var field = self
    field.tasks = tasks
    return field
  }

  /// Puts a value into a plan; false, and nothing changed, for one that the setting cannot have.
  public func set(_ text: String, in plan: inout DistillationPlan) -> Bool { read(text, &plan) }

  /// The value that a plan has, as it can be set.
  public func value(in plan: DistillationPlan) -> String { write(plan) }

  /// The field of a name; nil if there is none.
  public static func named(_ name: String) -> RecipeField? { all.first { $0.name == name } }
}

extension RecipeField {
  /// A setting that is a number of some kind.
  static func number<Number: LosslessStringConvertible & Sendable>(
    _ name: String, _ section: Section, value valueName: String = "n", _ help: String,
    expectation: String, default defaultText: String? = nil, isVaried: Bool = true,
    at place: WritableKeyPath<DistillationPlan, Number> & Sendable,
    where isRight: @escaping @Sendable (Number) -> Bool
  ) -> RecipeField {
    RecipeField(
      name, section, .value(valueName), help, expectation: expectation, default: defaultText,
      isVaried: isVaried,
      read: { text, plan in
        guard let number = Number(text), isRight(number) else { return false }
        plan[keyPath: place] = number
        return true
      },
      write: { "\($0[keyPath: place])" })
  }

  /// A setting that is a whole number of a range.
  static func count(
    _ name: String, _ section: Section, in range: ClosedRange<Int>, _ help: String,
    at place: WritableKeyPath<DistillationPlan, Int> & Sendable
  ) -> RecipeField {
    number(
      name, section, help,
      expectation: "a whole number from \(range.lowerBound) to \(range.upperBound)", at: place,
      where: range.contains)
  }

  /// A number that a plan may be without; `text` tells what then stands for it.
  static func optional<Number: LosslessStringConvertible & Sendable>(
    _ name: String, _ section: Section, value valueName: String = "n", _ help: String,
    expectation: String, default defaultText: String, isVaried: Bool = true,
    at place: WritableKeyPath<DistillationPlan, Number?> & Sendable,
    where isRight: @escaping @Sendable (Number) -> Bool,
    text: @escaping @Sendable (DistillationPlan) -> String
  ) -> RecipeField {
    RecipeField(
      name, section, .value(valueName), help, expectation: expectation, default: defaultText,
      isVaried: isVaried,
      read: { text, plan in
        guard let number = Number(text), isRight(number) else { return false }
        plan[keyPath: place] = number
        return true
      },
      write: { plan in plan[keyPath: place].map { "\($0)" } ?? text(plan) })
  }

  /// A setting that is one of the names of an enumeration.
  static func choice<Choice: RawRepresentable & CaseIterable & Sendable>(
    _ name: String, _ section: Section, value valueName: String, _ help: String,
    isVaried: Bool = true, at place: WritableKeyPath<DistillationPlan, Choice> & Sendable
  ) -> RecipeField where Choice.RawValue == String {
    RecipeField(
      name, section, .value(valueName), help,
      expectation: "one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))",
      isVaried: isVaried,
      read: { text, plan in
        guard let choice = Choice(rawValue: text) else { return false }
        plan[keyPath: place] = choice
        return true
      },
      write: { $0[keyPath: place].rawValue })
  }

  /// A setting that is yes or no.
  static func flag(
    _ name: String, _ section: Section, _ help: String, isVaried: Bool = true,
    at place: WritableKeyPath<DistillationPlan, Bool> & Sendable
  ) -> RecipeField {
    RecipeField(
      name, section, .flag, help, expectation: "yes or no", isVaried: isVaried,
      read: { text, plan in
        guard let value = ["yes": true, "no": false][text] else { return false }
        plan[keyPath: place] = value
        return true
      },
      write: { $0[keyPath: place] ? "yes" : "no" })
  }
}

/// One student of a comparison: what it is and how it is trained.
public struct StudentChoice: Sendable, Equatable, CustomStringConvertible {
  /// What it is.
  public let kind: StudentKind
  /// Whether it learns from the teacher; else from the gold labels alone.
  public let isDistilled: Bool

  /// The students of a comparison when none are named.
  public static let defaultList =
    "bert-first-3,bert-alternate-3,bert-random-3,bilstm,bilstm+aug"

  /// Chooses a student.
  public init(kind: StudentKind, isDistilled: Bool) {
    self.kind = kind
    self.isDistilled = isDistilled
  }

  /// Reads a list such as `bert-first-3,bilstm:direct`; a name alone stands for both trainings.
  ///
  /// - Returns: The students in the order of the list, each once; nil for a list with a name that is not known.
  public static func list(_ text: String) -> [StudentChoice]? {
    var choices: [StudentChoice] = []
    for var name in names(of: text) {
      var trainings = [false, true]
      // A directory's name may hold a colon too, so only the known endings count.
      for (ending, isDistilled) in [(":direct", false), (":distilled", true)]
      where name.hasSuffix(ending) {
        name.removeLast(ending.count)
        trainings = [isDistilled]
      }
      guard let kind = StudentKind(name) else { return nil }
      for isDistilled in trainings {
        let choice = StudentChoice(kind: kind, isDistilled: isDistilled)
        if !choices.contains(choice) { choices.append(choice) }
      }
    }
    return choices.isEmpty ? nil : choices
  }

  /// Cuts a list at its commas, but for those between the numbers of `bert-layers=0,3,5`.
  private static func names(of list: String) -> [String] {
    var names: [String] = []
    for item in list.split(separator: ",") {
      let isNumber = item.prefix { $0 != ":" }.allSatisfy { ("0"..."9").contains($0) }
      if isNumber, let last = names.last, last.hasPrefix("bert-layers="), !last.contains(":") {
        names[names.count - 1] = "\(last),\(item)"
      } else {
        names.append(String(item))
      }
    }
    return names
  }

  /// The training's name in reports.
  public var training: StudentResult.Training { isDistilled ? .distilled : .direct }

  /// Its name and its training.
  public var description: String { "\(kind)-\(training.rawValue)" }

  /// The name of its folder.
  var folderName: String { "\(kind.folderName)-\(training.rawValue)" }
}

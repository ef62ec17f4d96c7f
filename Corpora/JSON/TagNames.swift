import Files
import JSON

/// The names of tags that a JSON corpus gives as numbers.
///
/// They are what a user names, else what an object says: `id2label`, as in a model's configuration, or the `names` of a
/// ClassLabel under `features`, as in the description of a Hugging Face data set. An object's names hold for those after it.
struct TagNames {
  private let given: [String]?
  private var learned: [String]?

  /// Takes the names that a user gave, if any.
  init(_ given: [String]?) { self.given = given }

  /// Learns the names that an object carries with it.
  mutating func learn(from object: JSONObject, for key: String) {
    guard given == nil else { return }
    if let names = Self.list(object["id2label"]) ?? Self.classLabels(object["features"]?[key]) {
      learned = names
    }
  }

  /// The tags of a list of strings or numbers; strings that are all numerals are numbers too.
  ///
  /// - Throws: `DataError` for anything else, and for numbers without a name.
  func tags(_ list: [JSONValue], of key: String, in line: CorpusLine) throws -> [String] {
    let isNumerals = list.allSatisfy { $0.wholeNumber != nil || Int($0.string ?? "") != nil }
    if !isNumerals || list.isEmpty {
      return try list.map { value in
        guard let tag = value.string else { throw unreadable(list, key, line) }
        return tag
      }
    }
    guard let names = given ?? learned else {
      throw line.error(
        found: "numbers in \(JSONExample.shown(key, .array(list)))",
        expected: "tags, or the names of the numbers",
        remedy:
          "name the numbers from 0 with --tag-names O,B-PER,I-PER and so on; a Hugging Face data "
          + "set tells them as features[\"\(key)\"].feature.names, a model as id2label in its config.json"
      )
    }
    return try list.map { value in
      let number = value.wholeNumber ?? Int(value.string ?? "") ?? -1
      guard names.indices.contains(number) else {
        throw line.error(
          found: "the number \(number) in \"\(key)\"",
          expected: "0 to \(names.count - 1), the numbers of "
            + "\(names.count) \(given == nil ? "labels of the object" : "--tag-names")",
          remedy: number < 0 ? "leave out what stands for no word, such as -100" : "")
      }
      return names[number]
    }
  }

  private func unreadable(_ list: [JSONValue], _ key: String, _ line: CorpusLine) -> DataError {
    line.error(
      found: JSONExample.shown(key, .array(list)),
      expected: "a list of strings, or of whole numbers")
  }

  /// The names of `{"0": "O", "1": "B-PER"}` or `["O", "B-PER"]`.
  private static func list(_ value: JSONValue?) -> [String]? {
    if let array = value?.array {
      let names = array.compactMap(\.string)
      return names.count == array.count && !names.isEmpty ? names : nil
    }
    guard let object = value?.object, object.count > 0 else { return nil }
    let names = (0..<object.count).compactMap { object["\($0)"]?.string }
    return names.count == object.count ? names : nil
  }

  /// The names of a ClassLabel, or of one within a sequence.
  private static func classLabels(_ feature: JSONValue?) -> [String]? {
    list(feature?["names"]) ?? list(feature?["feature"]?["names"])
  }
}

extension JSONValue {
  /// A whole number, also one that is written as `3.0`; nil for anything else.
  var wholeNumber: Int? { int ?? double.flatMap { Int(exactly: $0) } }
}

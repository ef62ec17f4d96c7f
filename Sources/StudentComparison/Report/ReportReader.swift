import Evaluation
import Files
import JSON

/// Reads the fields of one JSON object; a message names the path of the field, `students[2].f1`.
struct ReportReader {
  let json: JSONValue
  let path: String
  let file: String
  /// The command that makes the file.
  var command = "compare-students run"

  func failure(_ key: String, expected: String) -> DataError {
    let text = json[key]?.text() ?? ""
    let value = text.utf8.count <= 60 ? text : "\(text.prefix(60))..."
    return DataError(
      file: file, found: json[key] == nil ? "no \(place(key))" : "\(place(key)) \(value)",
      expected: expected, remedy: "make the report anew with: \(command)")
  }

  private func place(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  private func required<Value>(_ key: String, _ value: Value?, _ kind: String) throws -> Value {
    guard let value else { throw failure(key, expected: kind) }
    return value
  }

  func member(_ key: String) throws -> ReportReader {
    _ = try required(key, json[key]?.object, "an object")
    return ReportReader(json: json[key] ?? .null, path: place(key), file: file, command: command)
  }

  func optionalMember(_ key: String) throws -> ReportReader? {
    json[key]?.isNull ?? true ? nil : try member(key)
  }

  func elements(_ key: String) throws -> [ReportReader] {
    try required(key, json[key]?.array, "an array").enumerated().map { index, element in
      ReportReader(
        json: element, path: "\(place(key))[\(index)]", file: file, command: command)
    }
  }

  func string(_ key: String) throws -> String {
    try required(key, json[key]?.string, "a string")
  }

  func strings(_ key: String) throws -> [String] {
    let elements = json[key]?.array.flatMap { array in
      let strings = array.compactMap(\.string)
      return strings.count == array.count ? strings : nil
    }
    return try required(key, elements, "an array of strings")
  }

  func seed(_ key: String) throws -> UInt64 {
    try required(key, json[key].flatMap(ReportReader.seed), "a seed")
  }

  func seeds(_ key: String) throws -> [UInt64] {
    let seeds = json[key]?.array.flatMap { array in
      let seeds = array.compactMap(ReportReader.seed)
      return seeds.count == array.count ? seeds : nil
    }
    return try required(key, seeds, "an array of seeds")
  }

  private static func seed(_ json: JSONValue) -> UInt64? {
    json.int.flatMap(UInt64.init(exactly:)) ?? UInt64(json.string ?? "")
  }

  func choice<Choice: RawRepresentable & CaseIterable>(_ key: String) throws -> Choice
  where Choice.RawValue == String {
    let names = Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
    return try required(key, Choice(rawValue: json[key]?.string ?? ""), "one of \(names)")
  }

  func count(_ key: String) throws -> Int {
    try required(key, json[key]?.int.flatMap { $0 >= 0 ? $0 : nil }, "a whole number from 0 on")
  }

  func optionalCount(_ key: String) throws -> Int? {
    json[key]?.isNull ?? true ? nil : try count(key)
  }

  func shares(_ key: String) throws -> [Double] {
    let shares = json[key]?.array.flatMap { array in
      let shares = array.compactMap(\.double).filter((0...1).contains)
      return shares.count == array.count ? shares : nil
    }
    return try required(key, shares, "an array of numbers from 0 to 1")
  }

  func optionalNumber(_ key: String) throws -> Double? {
    if json[key]?.isNull ?? true { return nil }
    return try required(
      key, json[key]?.double.flatMap { $0 >= 0 ? $0 : nil }, "a number from 0 on, or null")
  }

  /// A count of a file's entities, which fits in 32 bits, so that the sum over sentences and seeds fits in 64.
  func smallCount(_ key: String) throws -> Int {
    let count = try count(key)
    return try required(key, count <= Int(UInt32.max) ? count : nil, "a count below 2^32")
  }

  func boolean(_ key: String) throws -> Bool {
    try required(key, json[key]?.bool, "true or false")
  }

  func difference(_ key: String) throws -> Double {
    let difference = json[key]?.double.flatMap { (-1...1).contains($0) ? $0 : nil }
    return try required(key, difference, "a number from -1 to 1")
  }

  func share(_ key: String) throws -> Double {
    let share = json[key]?.double.flatMap { (0...1).contains($0) ? $0 : nil }
    return try required(key, share, "a number from 0 to 1")
  }

  func entityCounts() throws -> MatchCounts {
    let counts = MatchCounts(
      gold: try smallCount("gold"), predicted: try smallCount("predicted"),
      correct: try smallCount("correct"))
    guard counts.correct <= min(counts.gold, counts.predicted) else {
      throw failure("correct", expected: "no more than gold and predicted")
    }
    return counts
  }

  func sentences(_ key: String) throws -> [MatchCounts] {
    try string(key).split(separator: ",").map { sentence in
      let counts = sentence.split(separator: " ").compactMap { UInt32($0) }.map(Int.init)
      guard counts.count == 3, counts[2] <= min(counts[0], counts[1]) else {
        throw failure(key, expected: "three counts a sentence: gold, predicted, correct")
      }
      return MatchCounts(gold: counts[0], predicted: counts[1], correct: counts[2])
    }
  }
}

import Evaluation
import Files
import ModelFiles

extension ComparisonReport {
  /// Reads report.json.
  ///
  /// - Throws: `FileError` if it cannot be read, `DataError` if it is not a report of this format.
  public static func read(path: String) throws -> ComparisonReport {
    try ComparisonReport(json: JSONValue.read(path: path), file: path)
  }

  /// Takes a report out of a JSON document.
  ///
  /// - Parameters:
  ///   - json: the document.
  ///   - file: its name for messages.
  /// - Throws: `DataError` naming the field that is missing or out of range.
  public init(json: JSONValue, file: String) throws {
    let report = ReportReader(json: json, path: "", file: file)
    guard try report.count("format") == ComparisonReport.jsonFormat else {
      throw report.failure("format", expected: "the format \(ComparisonReport.jsonFormat)")
    }
    self.init(
      run: try Run(report.member("run")),
      students: try report.elements("students").map(StudentResult.init),
      claims: try report.elements("claims").map(Claim.init))
  }
}

extension ComparisonReport.Run {
  fileprivate init(_ reader: ReportReader) throws {
    self.init(
      corpus: try reader.string("corpus"), sentences: try reader.count("sentences"),
      words: try reader.count("words"), entities: try reader.count("entities"),
      teacher: try reader.string("teacher"), seeds: try reader.seeds("seeds"),
      cpu: try reader.string("cpu"), cores: try reader.count("cores"),
      blasCore: try reader.string("blas_core"), threads: try reader.count("threads"),
      date: try reader.string("date"), commands: try reader.strings("commands"))
  }
}

extension StudentResult {
  fileprivate init(_ reader: ReportReader) throws {
    self.init(
      name: try reader.string("name"), training: try reader.choice("training"),
      seeds: try reader.seeds("seeds"), f1: try reader.share("f1"),
      f1Low: try reader.share("f1_low"), f1High: try reader.share("f1_high"),
      precision: try reader.share("precision"), recall: try reader.share("recall"),
      parameters: try reader.count("parameters"),
      parametersWithoutEmbeddings: try reader.count("parameters_without_embeddings"),
      fileBytes: try reader.count("file_bytes"))
    perType = try reader.elements("per_type").map { type in
      TypeScore(
        type: try type.string("type"), precision: try type.share("precision"),
        recall: try type.share("recall"), f1: try type.share("f1"), gold: try type.count("gold"))
    }
    wordsPerSecond = try reader.optionalNumber("words_per_second")
    latencyP50Milliseconds = try reader.optionalNumber("latency_p50_ms")
    latencyP95Milliseconds = try reader.optionalNumber("latency_p95_ms")
    peakMemoryBytes = try reader.optionalCount("peak_memory_bytes")
    trainingSeconds = try reader.optionalNumber("training_seconds")
    sentences = try reader.sentences("sentence_counts")
  }
}

extension Claim {
  fileprivate init(_ reader: ReportReader) throws {
    self.init(
      text: try reader.string("text"), verdict: try reader.choice("verdict"),
      figures: try reader.string("figures"), pValue: try reader.optionalNumber("p_value"))
  }
}

/// Reads the fields of one JSON object; a message names the path of the field, `students[2].f1`.
private struct ReportReader {
  let json: JSONValue
  let path: String
  let file: String

  func failure(_ key: String, expected: String) -> DataError {
    let text = json[key]?.text() ?? ""
    let value = text.utf8.count <= 60 ? text : "\(text.prefix(60))..."
    return DataError(
      file: file, found: json[key] == nil ? "no \(place(key))" : "\(place(key)) \(value)",
      expected: expected, remedy: "make the report anew with: compare-students run")
  }

  private func place(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

  private func required<Value>(_ key: String, _ value: Value?, _ kind: String) throws -> Value {
    guard let value else { throw failure(key, expected: kind) }
    return value
  }

  func member(_ key: String) throws -> ReportReader {
    _ = try required(key, json[key]?.object, "an object")
    return ReportReader(json: json[key] ?? .null, path: place(key), file: file)
  }

  func elements(_ key: String) throws -> [ReportReader] {
    try required(key, json[key]?.array, "an array").enumerated().map { index, element in
      ReportReader(json: element, path: "\(place(key))[\(index)]", file: file)
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

  func seeds(_ key: String) throws -> [UInt64] {
    let seeds = json[key]?.array.flatMap { array in
      let seeds = array.compactMap {
        $0.int.flatMap(UInt64.init(exactly:)) ?? UInt64($0.string ?? "")
      }
      return seeds.count == array.count ? seeds : nil
    }
    return try required(key, seeds, "an array of seeds")
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

  func share(_ key: String) throws -> Double {
    let share = json[key]?.double.flatMap { (0...1).contains($0) ? $0 : nil }
    return try required(key, share, "a number from 0 to 1")
  }

  func optionalNumber(_ key: String) throws -> Double? {
    if json[key]?.isNull ?? true { return nil }
    return try required(
      key, json[key]?.double.flatMap { $0 >= 0 ? $0 : nil }, "a number from 0 on, or null")
  }

  func sentences(_ key: String) throws -> [EntityCounts] {
    try string(key).split(separator: ",").map { sentence in
      let counts = sentence.split(separator: " ").compactMap { UInt32($0) }.map(Int.init)
      guard counts.count == 3, counts[2] <= min(counts[0], counts[1]) else {
        throw failure(key, expected: "three counts a sentence: gold, predicted, correct")
      }
      return EntityCounts(gold: counts[0], predicted: counts[1], correct: counts[2])
    }
  }
}

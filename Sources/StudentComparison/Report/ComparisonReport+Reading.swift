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
    let seeds = try reader.elements("seeds").map(SeedResult.init)
    guard seeds.allSatisfy({ $0.sentences.count == seeds[0].sentences.count }) else {
      throw reader.failure("seeds", expected: "counts of the same sentences with every seed")
    }
    self.init(
      name: try reader.string("name"), training: try reader.choice("training"), seeds: seeds,
      parameters: try reader.count("parameters"),
      parametersWithoutEmbeddings: try reader.count("parameters_without_embeddings"),
      fileBytes: try reader.count("file_bytes"))
    wordsPerSecond = try reader.optionalNumber("words_per_second")
    wordsPerSecondOnAllThreads = try reader.optionalNumber("words_per_second_all_threads")
    latencyP50Milliseconds = try reader.optionalNumber("latency_p50_ms")
    latencyP95Milliseconds = try reader.optionalNumber("latency_p95_ms")
    peakMemoryBytes = try reader.optionalCount("peak_memory_bytes")
  }
}

extension SeedResult {
  /// Takes a result out of a JSON document.
  ///
  /// - Parameters:
  ///   - json: The document.
  ///   - file: Its name for messages.
  /// - Throws: `DataError` naming the field that is missing or out of range.
  init(json: JSONValue, file: String) throws {
    try self.init(ReportReader(json: json, path: "", file: file))
  }

  fileprivate init(_ reader: ReportReader) throws {
    self.init(
      seed: try reader.seed("seed"), sentences: try reader.sentences("sentence_counts"),
      perType: try reader.elements("per_type").map { type in
        TypeCounts(type: try type.string("type"), counts: try type.entityCounts())
      },
      trainingSeconds: try reader.optionalNumber("training_seconds"),
      devF1: try reader.shares("dev_f1"))
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

  func entityCounts() throws -> EntityCounts {
    // A count of a file's entities fits in 32 bits, so that the sum over sentences and seeds fits in 64.
    func small(_ key: String) throws -> Int {
      let count = try count(key)
      return try required(key, count <= Int(UInt32.max) ? count : nil, "a count below 2^32")
    }
    let counts = EntityCounts(
      gold: try small("gold"), predicted: try small("predicted"), correct: try small("correct"))
    guard counts.correct <= min(counts.gold, counts.predicted) else {
      throw failure("correct", expected: "no more than gold and predicted")
    }
    return counts
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

import Evaluation
import Files
import JSON
import Labels

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
    let run = try Run(report.member("run"))
    self.init(
      run: run,
      students: try report.elements("students").map { try StudentResult($0, run.task) },
      claims: try report.elements("claims").map(Claim.init))
    examples = try report.optionalMember("examples").map(ReportExamples.init)
  }
}

extension ComparisonReport.Run {
  init(_ reader: ReportReader) throws {
    self.init(
      corpus: try reader.string("corpus"),
      // Reports of taggers alone, as they once were, do not say it.
      task: reader.json["task"] == nil ? .tag : try reader.choice("task"),
      sentences: try reader.count("sentences"), words: try reader.count("words"),
      entities: try reader.count("entities"),
      teacher: try reader.string("teacher"), seeds: try reader.seeds("seeds"),
      cpu: try reader.string("cpu"), cores: try reader.count("cores"),
      blasCore: try reader.string("blas_core"), threads: try reader.count("threads"),
      date: try reader.string("date"), commands: try reader.strings("commands"))
  }
}

extension StudentResult {
  fileprivate init(_ reader: ReportReader, _ task: TaskKind) throws {
    let seeds = try reader.elements("seeds").map { try SeedResult($0, task) }
    guard seeds.allSatisfy({ $0.sentences.count == seeds[0].sentences.count }) else {
      throw reader.failure("seeds", expected: "counts of the same \(task.examples) with every seed")
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
    details = try reader.optionalMember("details").map { try StudentDetails($0, task) }
  }
}

extension SeedResult {
  /// Takes a result out of a JSON document.
  ///
  /// - Parameters:
  ///   - json: The document.
  ///   - file: Its name for messages.
  ///   - task: What the model was asked.
  /// - Throws: `DataError` naming the field that is missing or out of range.
  init(json: JSONValue, file: String, task: TaskKind) throws {
    try self.init(ReportReader(json: json, path: "", file: file), task)
  }

  init(_ reader: ReportReader, _ task: TaskKind) throws {
    self.init(
      seed: try reader.seed("seed"), sentences: try reader.sentences("sentence_counts"),
      perType: try reader.elements("per_type").map { type in
        TypeCounts(type: try type.string("type"), counts: try type.entityCounts())
      },
      trainingSeconds: try reader.optionalNumber("training_seconds"),
      devF1: try reader.shares("dev_\(task.metricKey)"))
  }
}

extension Claim {
  fileprivate init(_ reader: ReportReader) throws {
    self.init(
      text: try reader.string("text"), verdict: try reader.choice("verdict"),
      figures: try reader.string("figures"), pValue: try reader.optionalNumber("p_value"))
  }
}

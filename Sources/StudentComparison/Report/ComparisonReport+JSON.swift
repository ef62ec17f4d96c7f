import Evaluation
import JSON

extension ComparisonReport {
  /// The version of the layout of report.json; a reader refuses any other.
  static let jsonFormat = 2

  /// The report as a JSON document (report.json), from which every other rendering can be made again.
  ///
  /// Scores are fractions in 0...1, sizes are bytes, and what was not measured is null. A student's scores stand under `seeds`
  /// as counts, `sentence_counts` being a text with `gold predicted correct` a sentence; the precision, recall and F1 beside
  /// them, their means and deviations, and `share_of_teacher_f1` are there for other readers and follow from the counts.
  public var json: JSONValue {
    [
      "format": .integer(ComparisonReport.jsonFormat),
      "run": run.json,
      "students": .array(
        students.map { student in
          var object = student.json
          object["share_of_teacher_f1"] = .optional(shareOfTeacherF1(student))
          return .object(object)
        }),
      "claims": .array(claims.map(\.json)),
      "examples": examples?.json ?? .null,
    ]
  }
}

extension ComparisonReport.Run {
  var json: JSONValue {
    [
      "corpus": .string(corpus), "sentences": .integer(sentences), "words": .integer(words),
      "entities": .integer(entities), "teacher": .string(teacher),
      "seeds": .array(seeds.map(JSONValue.seed)), "cpu": .string(cpu), "cores": .integer(cores),
      "blas_core": .string(blasCore), "threads": .integer(threads), "date": .string(date),
      "commands": .array(commands.map(JSONValue.string)),
    ]
  }
}

extension StudentResult {
  fileprivate var json: JSONObject {
    [
      "name": .string(name), "training": .string(training.rawValue), "f1": .number(f1.mean),
      "f1_deviation": .optional(f1.deviation), "f1_low": .number(f1Interval.low),
      "f1_high": .number(f1Interval.high), "precision": .number(precision.mean),
      "recall": .number(recall.mean), "parameters": .integer(parameters),
      "parameters_without_embeddings": .integer(parametersWithoutEmbeddings),
      "file_bytes": .integer(fileBytes), "words_per_second": .optional(wordsPerSecond),
      "words_per_second_all_threads": .optional(wordsPerSecondOnAllThreads),
      "latency_p50_ms": .optional(latencyP50Milliseconds),
      "latency_p95_ms": .optional(latencyP95Milliseconds),
      "peak_memory_bytes": peakMemoryBytes.map(JSONValue.integer) ?? .null,
      "details": details?.json ?? .null, "seeds": .array(seeds.map(\.json)),
    ]
  }
}

extension SeedResult {
  /// The result as it stands in report.json.
  var json: JSONValue {
    [
      "seed": .seed(seed), "f1": .number(overall.f1), "precision": .number(overall.precision),
      "recall": .number(overall.recall), "training_seconds": .optional(trainingSeconds),
      "dev_f1": .array(devF1.map(JSONValue.number)),
      "per_type": .array(
        perType.map {
          [
            "type": .string($0.type), "f1": .number($0.counts.f1), "gold": .integer($0.counts.gold),
            "predicted": .integer($0.counts.predicted), "correct": .integer($0.counts.correct),
          ]
        }),
      // One line of text instead of six lines a sentence keeps the file readable.
      "sentence_counts": .string(
        sentences.map { "\($0.gold) \($0.predicted) \($0.correct)" }.joined(separator: ",")),
    ]
  }
}

extension Claim {
  fileprivate var json: JSONValue {
    [
      "text": .string(text), "verdict": .string(verdict.rawValue), "figures": .string(figures),
      "p_value": .optional(pValue),
    ]
  }
}

extension JSONValue {
  static func optional(_ value: Double?) -> JSONValue {
    value.map(JSONValue.number) ?? .null
  }

  /// A seed as a whole number, or as a string where it is too large for one.
  fileprivate static func seed(_ seed: UInt64) -> JSONValue {
    Int(exactly: seed).map(JSONValue.integer) ?? .string(String(seed))
  }
}

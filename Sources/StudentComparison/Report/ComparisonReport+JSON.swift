import Evaluation
import ModelFiles

extension ComparisonReport {
  /// The version of the layout of report.json; a reader refuses any other.
  static let jsonFormat = 1

  /// The report as a JSON document (report.json), from which every other rendering can be made again.
  ///
  /// Scores are fractions in 0...1, sizes are bytes, `sentence_counts` is a text with `gold predicted correct` a sentence, and
  /// what was not measured is null. `share_of_teacher_f1` is there for other readers and follows from the rest.
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
    ]
  }
}

extension ComparisonReport.Run {
  fileprivate var json: JSONValue {
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
      "name": .string(name), "training": .string(training.rawValue),
      "seeds": .array(seeds.map(JSONValue.seed)), "f1": .number(f1), "f1_low": .number(f1Low),
      "f1_high": .number(f1High), "precision": .number(precision), "recall": .number(recall),
      "per_type": .array(
        perType.map {
          [
            "type": .string($0.type), "precision": .number($0.precision),
            "recall": .number($0.recall), "f1": .number($0.f1), "gold": .integer($0.gold),
          ]
        }),
      "parameters": .integer(parameters),
      "parameters_without_embeddings": .integer(parametersWithoutEmbeddings),
      "file_bytes": .integer(fileBytes), "words_per_second": .optional(wordsPerSecond),
      "latency_p50_ms": .optional(latencyP50Milliseconds),
      "latency_p95_ms": .optional(latencyP95Milliseconds),
      "peak_memory_bytes": peakMemoryBytes.map(JSONValue.integer) ?? .null,
      "training_seconds": .optional(trainingSeconds),
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
  fileprivate static func optional(_ value: Double?) -> JSONValue {
    value.map(JSONValue.number) ?? .null
  }

  /// A seed as a whole number, or as a string where it is too large for one.
  fileprivate static func seed(_ seed: UInt64) -> JSONValue {
    Int(exactly: seed).map(JSONValue.integer) ?? .string(String(seed))
  }
}

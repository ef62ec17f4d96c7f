import Evaluation
import JSON
import Labels

extension ComparisonReport {
  /// The version of the layout of report.json; a reader refuses any other.
  static let jsonFormat = 2

  /// The report as a JSON document (report.json), from which every other rendering can be made again.
  ///
  /// Scores are fractions in 0...1, sizes are bytes, and what was not measured is null. A student's scores stand under `seeds`
  /// as counts, `sentence_counts` being a text with `gold predicted correct` an example; the precision, recall and F1 beside
  /// them, their means and deviations, and `share_of_teacher_f1` are there for other readers and follow from the counts. Where
  /// texts or pairs are labelled, `accuracy` takes the place of `f1` in these names, without precision and recall.
  public var json: JSONValue {
    [
      "format": .integer(ComparisonReport.jsonFormat),
      "run": run.json,
      "students": .array(
        students.map { student in
          var object = student.json(run.task)
          object["share_of_teacher_\(run.task.metricKey)"] = .optional(shareOfTeacherF1(student))
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
      "corpus": .string(corpus), "task": .string(task.rawValue), "sentences": .integer(sentences),
      "words": .integer(words),
      "entities": .integer(entities), "teacher": .string(teacher),
      "seeds": .array(seeds.map(JSONValue.seed)), "cpu": .string(cpu), "cores": .integer(cores),
      "blas_core": .string(blasCore), "threads": .integer(threads), "date": .string(date),
      "commands": .array(commands.map(JSONValue.string)),
    ]
  }
}

extension StudentResult {
  fileprivate func json(_ task: TaskKind) -> JSONObject {
    let metric = task.metricKey
    var object: JSONObject = [
      "name": .string(name), "training": .string(training.rawValue), metric: .number(f1.mean),
      "\(metric)_deviation": .optional(f1.deviation), "\(metric)_low": .number(f1Interval.low),
      "\(metric)_high": .number(f1Interval.high),
    ]
    if task.labelsWords {
      object["precision"] = .number(precision.mean)
      object["recall"] = .number(recall.mean)
    }
    let costs: JSONObject = [
      "parameters": .integer(parameters),
      "parameters_without_embeddings": .integer(parametersWithoutEmbeddings),
      "file_bytes": .integer(fileBytes), "words_per_second": .optional(wordsPerSecond),
      "words_per_second_all_threads": .optional(wordsPerSecondOnAllThreads),
      "latency_p50_ms": .optional(latencyP50Milliseconds),
      "latency_p95_ms": .optional(latencyP95Milliseconds),
      "peak_memory_bytes": peakMemoryBytes.map(JSONValue.integer) ?? .null,
      "details": details?.json ?? .null, "seeds": .array(seeds.map { $0.json(task) }),
    ]
    for (name, value) in costs { object[name] = value }
    return object
  }
}

extension SeedResult {
  /// The result as it stands in report.json; `per_type` has the types of entities, or the labels of texts and pairs.
  func json(_ task: TaskKind) -> JSONValue {
    let metric = task.metricKey
    var object: JSONObject = ["seed": .seed(seed), metric: .number(overall.f1)]
    if task.labelsWords {
      object["precision"] = .number(overall.precision)
      object["recall"] = .number(overall.recall)
    }
    object["training_seconds"] = .optional(trainingSeconds)
    object["dev_\(metric)"] = .array(devF1.map(JSONValue.number))
    object["per_type"] = .array(
      perType.map {
        [
          "type": .string($0.type), "f1": .number($0.counts.f1), "gold": .integer($0.counts.gold),
          "predicted": .integer($0.counts.predicted), "correct": .integer($0.counts.correct),
        ]
      })
    // One line of text instead of six lines an example keeps the file readable.
    object["sentence_counts"] = .string(
      sentences.map { "\($0.gold) \($0.predicted) \($0.correct)" }.joined(separator: ","))
    return .object(object)
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

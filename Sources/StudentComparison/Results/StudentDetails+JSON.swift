import Distillation
import Evaluation
import JSON
import Labels

extension StudentDetails {
  /// The details as they stand in report.json: of a tagger `outcomes`, `seen` and `unseen`, of a classifier `confusion`.
  var json: JSONValue {
    var object: JSONObject =
      switch errors {
      case .entities(let errors): errors.json
      case .labels(let confusion): ["confusion": confusion.json]
      }
    object["agreement"] =
      agreement.map { agreement -> JSONValue in
        guard let f1 = agreement.f1 else { return ["examples": .number(agreement.rows)] }
        return ["words": .number(agreement.rows), "f1": .number(f1)]
      } ?? .null
    object["calibration"] = calibration?.json ?? .null
    return .object(object)
  }

  init(_ reader: ReportReader, _ task: TaskKind) throws {
    self.init(
      errors: task.labelsWords
        ? .entities(try EntityErrors(reader)) : .labels(try reader.confusion("confusion")),
      agreement: try reader.optionalMember("agreement").map {
        task.labelsWords
          ? Agreement(rows: try $0.share("words"), f1: try $0.share("f1"))
          : Agreement(rows: try $0.share("examples"))
      },
      calibration: try reader.optionalMember("calibration").map(Calibration.init))
  }
}

extension StudentDetails.EntityErrors {
  fileprivate var json: JSONObject {
    [
      "outcomes": .object(
        JSONObject(
          zip(EntityMatch.Outcome.allCases, outcomes).map { ($0.rawValue, .integer($1)) })),
      "seen": seen.json, "unseen": unseen.json,
    ]
  }

  fileprivate init(_ reader: ReportReader) throws {
    let outcomes = try reader.member("outcomes")
    self.init(
      outcomes: try EntityMatch.Outcome.allCases.map { try outcomes.smallCount($0.rawValue) },
      seen: try reader.member("seen").entityCounts(),
      unseen: try reader.member("unseen").entityCounts())
  }
}

extension ReportReader {
  fileprivate func confusion(_ key: String) throws -> Confusion {
    var confusion = Confusion()
    for cell in try elements(key) {
      confusion.add(
        gold: try cell.string("gold"), predicted: try cell.string("predicted"),
        count: try cell.smallCount("count"))
    }
    return confusion
  }
}

extension MatchCounts {
  fileprivate var json: JSONValue {
    ["gold": .integer(gold), "predicted": .integer(predicted), "correct": .integer(correct)]
  }
}

extension Calibration {
  fileprivate var json: JSONValue {
    [
      "expected_error": .number(expectedError),
      "bins": .array(
        bins.map {
          [
            "mean_confidence": .number($0.meanConfidence), "accuracy": .number($0.accuracy),
            "count": .integer($0.count),
          ]
        }),
    ]
  }

  fileprivate init(_ reader: ReportReader) throws {
    self.init(
      bins: try reader.elements("bins").map {
        Bin(
          meanConfidence: try $0.share("mean_confidence"), accuracy: try $0.share("accuracy"),
          count: try $0.smallCount("count"))
      })
  }
}

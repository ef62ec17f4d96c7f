import Evaluation
import JSON

extension ModelEvaluation {
  /// The evaluation as a JSON object: the score's figures and `confusion`, of a tagger also `errors` and `lengths`, and what
  /// was asked for besides: `seen_entities`, `against`, `agreement`, and `calibration`.
  ///
  /// Shares, F1 and p-values are fractions in 0...1.
  public var json: JSONValue {
    var object = score.json(model: model, corpus: corpus).object ?? [:]
    for (name, value) in errors?.json ?? [:] { object[name] = value }
    if let groups {
      object["groups"] = .object(
        JSONObject(
          groups.groups.map { ($0.name, $0.score.json(model: model, corpus: corpus)) }))
    }
    if let score = score as? ClassificationScore { object["confusion"] = score.confusion.json }
    if let other, let test = comparison {
      object["against"] = [
        "model": .string(other.path), score.jsonName: .number(other.score.overall.f1),
        "difference": .number(test.difference), "difference_low": .number(test.interval.low),
        "difference_high": .number(test.interval.high), "p_value": .number(test.pValue),
      ]
    }
    if let agreement {
      var values: JSONObject = ["teacher": .string(agreement.teacher)]
      values["words"] = (agreement.score as? EntityScore).map { .number($0.tokenAccuracy) }
      values[score.jsonName] = .number(agreement.score.overall.f1)
      object["agreement"] = .object(values)
    }
    object["calibration"] = calibration?.json
    return .object(object)
  }
}

extension ErrorAnalysis {
  /// The analysis as members of a JSON object.
  fileprivate var json: JSONObject {
    var object: JSONObject = [
      "errors": .object(
        JSONObject(
          EntityMatch.Outcome.allCases.map { ($0.rawValue, .integer(count(of: $0))) })),
      "confusion": confusion.json,
      "lengths": .array(
        lengths.map { bin in
          var object: JSONObject = [
            "shortest": .integer(bin.shortest),
            "longest": bin.longest.map(JSONValue.integer) ?? .null,
            "sentences": .integer(bin.sentences),
          ]
          for (name, value) in bin.counts.json { object[name] = value }
          return .object(object)
        }),
    ]
    if let seen {
      object["seen_entities"] = [
        "seen": .object(seen.seen.json), "unseen": .object(seen.unseen.json),
      ]
    }
    return object
  }
}

extension MatchCounts {
  /// The counts and what follows from them.
  fileprivate var json: JSONObject {
    [
      "precision": .number(precision), "recall": .number(recall), "f1": .number(f1),
      "gold": .integer(gold), "predicted": .integer(predicted), "correct": .integer(correct),
    ]
  }
}

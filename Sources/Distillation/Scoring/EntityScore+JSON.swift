import Evaluation
import JSON

extension EntityScore {
  /// The score as a JSON object, one line of metrics.jsonl: all figures, the figures of each type, and the interval of F1.
  public func json(model: String, corpus: String) -> JSONValue {
    var object: JSONObject = ["model": .string(model), "corpus": .string(corpus)]
    for (name, value) in figures { object[name] = EntityScore.number(name, value) }
    let interval = interval()
    object["f1_low"] = .number(interval.low)
    object["f1_high"] = .number(interval.high)
    var types: JSONObject = [:]
    for (type, figures) in figuresPerPart {
      types[type] = .object(
        JSONObject(figures.map { ($0.name, EntityScore.number($0.name, $0.value)) }))
    }
    object["types"] = .object(types)
    return .object(object)
  }

  private static func number(_ name: String, _ value: Double) -> JSONValue {
    let counts = ["gold", "predicted", "correct", "words", "sentences"]
    return counts.contains(name) ? .integer(Int(value)) : .number(value)
  }
}

import Evaluation
import JSON

extension PooledScore {
  /// The score as a JSON object, one line of metrics.jsonl: all figures, those of each type or label, and the bootstrap
  /// interval of the figure that models are compared by.
  public func json(model: String, corpus: String) -> JSONValue {
    var object: JSONObject = ["model": .string(model), "corpus": .string(corpus)]
    for (name, value) in figures { object[name] = Self.number(name, value) }
    let (interval, name) = (interval(), Self.jsonName)
    object["\(name)_low"] = .number(interval.low)
    object["\(name)_high"] = .number(interval.high)
    var parts: JSONObject = [:]
    for (name, figures) in figuresPerPart {
      parts[name] = .object(JSONObject(figures.map { ($0.name, Self.number($0.name, $0.value)) }))
    }
    object[self is EntityScore ? "types" : "labels"] = .object(parts)
    return .object(object)
  }

  /// The name in JSON of the figure that models are compared by: `f1` or `accuracy`.
  public static var jsonName: String { title.lowercased() }
  /// The same.
  public var jsonName: String { Self.jsonName }

  private static func number(_ name: String, _ value: Double) -> JSONValue {
    let counts = ["gold", "predicted", "correct", "words", "sentences", "examples"]
    return counts.contains(name) ? .integer(Int(value)) : .number(value)
  }
}

extension Confusion {
  /// The cells that are not 0; one has null where no entity stands on that side.
  public var json: JSONValue {
    .array(
      cells.map {
        [
          "gold": $0.gold.map(JSONValue.string) ?? .null,
          "predicted": $0.predicted.map(JSONValue.string) ?? .null, "count": .integer($0.count),
        ]
      })
  }
}

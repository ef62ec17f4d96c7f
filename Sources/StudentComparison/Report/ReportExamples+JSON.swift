import JSON
import Labels

extension ReportExamples {
  /// The examples as they stand in report.json; an entity is a list of its type, its first word and the word after it, and a
  /// label is a string.
  var json: JSONValue {
    [
      "student": .string(student),
      "sentences": .array(
        examples.map { example in
          var object: JSONObject = ["words": .array(example.words.map(JSONValue.string))]
          if let first = example.firstLength { object["first_length"] = .integer(first) }
          object["gold"] = example.gold.json
          object["teacher"] = example.teacher.json
          object["student"] = example.student.json
          return .object(object)
        }),
    ]
  }

  init(_ reader: ReportReader) throws {
    self.init(
      student: try reader.string("student"),
      examples: try reader.elements("sentences").map { example in
        let words = try example.strings("words")
        let first = try example.optionalCount("first_length")
        guard first ?? 0 <= words.count else {
          throw example.failure("first_length", expected: "at most \(words.count) words")
        }
        return Example(
          words: words, firstLength: first,
          gold: try example.answer("gold", words: words.count),
          teacher: try example.answer("teacher", words: words.count),
          student: try example.answer("student", words: words.count))
      })
  }
}

extension ReportExamples.Answer {
  fileprivate var json: JSONValue {
    switch self {
    case .entities(let spans):
      .array(
        spans.map {
          [.string($0.type), .integer($0.words.lowerBound), .integer($0.words.upperBound)]
        })
    case .label(let label): .string(label)
    }
  }
}

extension ReportReader {
  fileprivate func answer(_ key: String, words: Int) throws -> ReportExamples.Answer {
    if let label = json[key]?.string { return .label(label) }
    return .entities(try spans(key, words: words))
  }

  /// Entities in the order of their words, none over another.
  private func spans(_ key: String, words: Int) throws -> [EntitySpan] {
    var last = 0
    let spans = json[key]?.array.flatMap { array in
      let spans = array.compactMap { element -> EntitySpan? in
        guard let parts = element.array, parts.count == 3, let type = parts[0].string,
          let start = parts[1].int, let end = parts[2].int, last <= start, start < end, end <= words
        else { return nil }
        last = end
        return EntitySpan(type: type, words: start..<end)
      }
      return spans.count == array.count ? spans : nil
    }
    guard let spans else {
      throw failure(
        key, expected: "entities [type, first word, word after it] in their order, or a label")
    }
    return spans
  }
}

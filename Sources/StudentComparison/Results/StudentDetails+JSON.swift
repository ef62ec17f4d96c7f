import Evaluation
import JSON
import Labels

extension StudentDetails {
  /// The details as they stand in report.json.
  var json: JSONValue {
    [
      "outcomes": .object(
        JSONObject(
          zip(EntityMatch.Outcome.allCases, outcomes).map { ($0.rawValue, .integer($1)) })),
      "seen": seen.json, "unseen": unseen.json,
      "agreement": agreement.map { ["words": .number($0.words), "f1": .number($0.f1)] } ?? .null,
      "calibration": calibration?.json ?? .null,
    ]
  }

  init(_ reader: ReportReader) throws {
    let outcomes = try reader.member("outcomes")
    self.init(
      outcomes: try EntityMatch.Outcome.allCases.map { try outcomes.smallCount($0.rawValue) },
      seen: try reader.member("seen").entityCounts(),
      unseen: try reader.member("unseen").entityCounts(),
      agreement: try reader.optionalMember("agreement").map {
        Agreement(words: try $0.share("words"), f1: try $0.share("f1"))
      },
      calibration: try reader.optionalMember("calibration").map(Calibration.init))
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

extension ExampleSentences {
  /// The sentences as they stand in report.json; an entity is a list of its type, its first word and the word after it.
  var json: JSONValue {
    [
      "student": .string(student),
      "sentences": .array(
        sentences.map { sentence in
          [
            "words": .array(sentence.words.map(JSONValue.string)),
            "gold": .array(sentence.gold.map(\.json)),
            "teacher": .array(sentence.teacher.map(\.json)),
            "student": .array(sentence.student.map(\.json)),
          ]
        }),
    ]
  }

  init(_ reader: ReportReader) throws {
    self.init(
      student: try reader.string("student"),
      sentences: try reader.elements("sentences").map { sentence in
        let words = try sentence.strings("words")
        return Example(
          words: words, gold: try sentence.spans("gold", words: words.count),
          teacher: try sentence.spans("teacher", words: words.count),
          student: try sentence.spans("student", words: words.count))
      })
  }
}

extension EntitySpan {
  fileprivate var json: JSONValue {
    [.string(type), .integer(words.lowerBound), .integer(words.upperBound)]
  }
}

extension ReportReader {
  /// Entities in the order of their words, none over another.
  fileprivate func spans(_ key: String, words: Int) throws -> [EntitySpan] {
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
      throw failure(key, expected: "entities [type, first word, word after it] in their order")
    }
    return spans
  }
}

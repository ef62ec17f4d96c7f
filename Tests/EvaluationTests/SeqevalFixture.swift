import Evaluation
import Files
import Labels
import TestSupport
import Testing

/// One part of the golden file that Tests/References/evaluation.py writes.
struct SeqevalPart {
  struct Example {
    let line: Int
    let gold: [Int32]
    let predicted: [Int32]
    let goldSpans: [EntitySpan]
    let predictedSpans: [EntitySpan]
  }

  struct Score {
    let precision: Double
    let recall: Double
    let f1: Double
    let gold: Int
  }

  let name: String
  var tags: [String] = []
  var types: [String] = []
  var sentences: [Example] = []
  var accuracy = Double.nan
  var scores: [(type: String, score: Score)] = []

  static func load() throws -> [SeqevalPart] {
    let reader = try LineReader(path: fixture("EvaluationTests/Fixtures/seqeval.txt"))
    var parts: [SeqevalPart] = []
    while let line = try reader.nextString() {
      let fields = line.split(separator: " ").map(String.init)
      if fields[0] == "part" {
        parts.append(SeqevalPart(name: fields[1]))
      } else {
        try parts[parts.count - 1].take(fields, line: reader.lineNumber)
      }
    }
    return parts
  }

  private mutating func take(_ fields: [String], line: Int) throws {
    switch fields[0] {
    case "tags": tags = Array(fields[1...])
    case "types": types = Array(fields[1...])
    case "accuracy": accuracy = try #require(Double(fields[1]))
    case "score":
      let figures = fields[2...].compactMap(Double.init)
      try #require(figures.count >= 3)
      // seqeval gives no support for the micro average.
      let gold = figures.count > 3 ? Int(figures[3]) : -1
      scores.append(
        (
          type: fields[1],
          score: Score(precision: figures[0], recall: figures[1], f1: figures[2], gold: gold)
        ))
    default:
      try #require(fields.count == 4)
      try sentences.append(
        Example(
          line: line, gold: labels(fields[0]), predicted: labels(fields[1]),
          goldSpans: spans(fields[2]), predictedSpans: spans(fields[3])))
    }
  }

  /// The label indices of a field with a letter a tag.
  private func labels(_ field: String) throws -> [Int32] {
    field == "-" ? [] : try field.map { Int32(try SeqevalPart.index(ofLetter: $0)) }
  }

  /// The spans of a field such as `a3,4b5,5`.
  private func spans(_ field: String) throws -> [EntitySpan] {
    guard field != "-" else { return [] }
    var spans: [EntitySpan] = []
    var rest = Substring(field)
    while let letter = rest.popFirst() {
      let place = rest.prefix { !$0.isLetter }
      rest = rest.dropFirst(place.count)
      let words = place.split(separator: ",").compactMap { Int($0) }
      try #require(words.count == 2)
      let type = types[try SeqevalPart.index(ofLetter: letter)]
      spans.append(EntitySpan(type: type, words: words[0]..<words[1] + 1))
    }
    return spans
  }

  private static func index(ofLetter letter: Character) throws -> Int {
    let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return try #require(letters.firstIndex(of: letter))
  }
}

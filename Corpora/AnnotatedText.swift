import Files
import JSON

/// Text of a JSON Lines corpus with its entities as spans, counted in Unicode scalars (as Python counts characters).
///
/// Its words are those that the object lists under `tokens` with their own spans (Prodigy), else what `TextWords` finds. A
/// span that does not begin with a word and end with one is an error.
struct AnnotatedText {
  private struct Span {
    let range: Range<Int>
    let type: String
  }

  private let line: CorpusLine
  private let scalars: [Unicode.Scalar]
  private let words: [Range<Int>]
  private let entities: [Span]?

  /// Reads text, entities and perhaps words of an object.
  ///
  /// - Throws: `DataError` for a span that lies outside the text or has no type.
  init(_ text: String, _ object: JSONObject, in line: CorpusLine) throws {
    let scalars = Array(text.unicodeScalars)
    self.line = line
    self.scalars = scalars
    if let tokens = object["tokens"], !tokens.isNull {
      words = try Self.list("tokens", tokens, in: line).map {
        try Self.range($0, in: line, length: scalars.count)
      }.filter { !scalars[$0].allSatisfy(\.properties.isWhitespace) }
    } else {
      words = TextWords.ranges(in: scalars)
    }
    let key = object["entities"].map { !$0.isNull } == true ? "entities" : "spans"
    entities = try object[key].flatMap { $0.isNull ? nil : $0 }.map {
      try Self.list(key, $0, in: line).map { entry in
        let type = entry["type"]?.string ?? entry["label"]?.string ?? ""
        try line.checkField(type, as: "type of an entity")
        return Span(range: try Self.range(entry, in: line, length: scalars.count), type: type)
      }
    }
  }

  private static func list(
    _ key: String, _ value: JSONValue, in line: CorpusLine
  ) throws -> [JSONObject] {
    guard let list = value.array, list.allSatisfy({ $0.object != nil }) else {
      throw line.error(
        found: "\"\(key)\" \(CorpusLine.clipped(value.text()))",
        expected: #"a list of objects with "start" and "end""#)
    }
    return list.compactMap(\.object)
  }

  private static func range(
    _ entry: JSONObject, in line: CorpusLine, length: Int
  ) throws -> Range<Int> {
    guard let start = entry["start"]?.int, let end = entry["end"]?.int, start >= 0, start < end,
      end <= length
    else {
      throw line.error(
        found: "the span \(CorpusLine.clipped(JSONValue.object(entry).text()))",
        expected: "0 <= start < end <= \(length), the text's length in Unicode scalars")
    }
    return start..<end
  }

  /// The words with IOB2 tags.
  ///
  /// - Throws: `DataError` for words out of order, and entities that overlap or do not fall on word boundaries.
  func sentence() throws -> (sentence: Sentence, hasTags: Bool) {
    var end = 0
    for word in words {
      guard word.lowerBound >= end else {
        throw line.error(
          found: "the token at \(word.lowerBound), before the end of the one before",
          expected: "tokens in the order of the text that do not overlap")
      }
      end = word.upperBound
    }
    var sentence = Sentence(words: words.map(text))
    for word in sentence.words { try line.checkField(word, as: "token") }
    guard let entities else { return (sentence, false) }
    sentence.tags = Array(repeating: "O", count: words.count)
    for entity in entities {
      let covered = try wordIndices(of: entity)
      for index in covered {
        guard sentence.tags[index] == "O" else {
          throw line.error(
            found: "two entities at \(CorpusLine.quoted(text(entity.range)))",
            expected: "entities that do not overlap")
        }
        sentence.tags[index] = (index == covered.lowerBound ? "B-" : "I-") + entity.type
      }
    }
    return (sentence, true)
  }

  private func text(_ range: Range<Int>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[range])
    return String(text)
  }

  /// The words that an entity consists of.
  private func wordIndices(of entity: Span) throws -> Range<Int> {
    let start = words.partitioningIndex { $0.upperBound > entity.range.lowerBound }
    let end = words.partitioningIndex { $0.lowerBound >= entity.range.upperBound }
    if start < end, words[start].lowerBound == entity.range.lowerBound,
      words[end - 1].upperBound == entity.range.upperBound
    {
      return start..<end
    }
    let places = { (range: Range<Int>) in "\(range.lowerBound) to \(range.upperBound)" }
    let near = start < end ? words[start].lowerBound..<words[end - 1].upperBound : nil
    let move = near.map { "move it to \(places($0)), \(CorpusLine.quoted(text($0))), or " } ?? ""
    throw line.error(
      found: "the \(entity.type) \(CorpusLine.quoted(text(entity.range))) at "
        + "\(places(entity.range)), which is not made of whole words",
      expected: "spans that begin and end with words, counted in Unicode scalars",
      remedy: move + #"give "tokens" and "tags""#)
  }
}

extension Array {
  /// The first index whose element satisfies a predicate that holds for all elements behind it; `count` if none does.
  fileprivate func partitioningIndex(where predicate: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if predicate(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

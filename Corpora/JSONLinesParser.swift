import Files
import JSON

/// Reads JSON Lines: an object a line, one sentence each.
///
/// Either words, `{"tokens": ["EU", ...], "tags": ["B-ORG", ...], "pos": ["NNP", ...]}`, where tags and pos may be missing; or
/// text with the entities as spans of it, `{"text": "EU rejects", "entities": [{"start": 0, "end": 2, "type": "ORG"}]}`, where
/// `spans` stands for entities and `label` for type as well (spaCy, Prodigy). What the first object has, all must have.
struct JSONLinesParser: SentenceParser {
  private var layout: (tags: Bool, partsOfSpeech: Bool, line: Int)?

  mutating func read(_ line: CorpusLine, into sentence: inout Sentence) throws -> LineKind {
    if ColumnLine.isBlank(line.bytes) { return .comment }
    let object = try Self.object(line)
    let read: (sentence: Sentence, hasTags: Bool)
    if let tokens = object["tokens"]?.array, tokens.allSatisfy({ $0.string != nil }) {
      read = try words(tokens.compactMap(\.string), of: object, in: line)
    } else if let text = object["text"]?.string {
      read = try AnnotatedText(text, object, in: line).sentence()
    } else {
      let keys = object.keys.map { JSONValue.string($0).text() }.joined(separator: ", ")
      throw line.error(
        found: keys.isEmpty ? "an empty object" : "an object with \(CorpusLine.clipped(keys))",
        expected: #""tokens", a list of strings, or "text", a string"#)
    }
    if read.sentence.words == [ColumnParser.documentStart] { return .documentStart }
    guard !read.sentence.words.isEmpty else { return .comment }
    try check(line, tags: read.hasTags, partsOfSpeech: !read.sentence.partsOfSpeech.isEmpty)
    sentence = read.sentence
    return .end
  }

  private static func object(_ line: CorpusLine) throws -> JSONObject {
    let text = try line.text(line.bytes.startIndex..<line.bytes.endIndex)
    let value: JSONValue
    do {
      value = try JSONValue.parse(text, file: line.file)
    } catch {
      throw line.error(
        found: error.found, expected: error.expected,
        remedy: "JSON Lines have one whole object in each line")
    }
    guard let object = value.object else {
      throw line.error(
        found: "JSON that is not an object", expected: "an object in each line",
        remedy: value.array == nil ? "" : "cut a list into lines with: jq -c '.[]'")
    }
    return object
  }

  /// What the first sentence had, this one must have too.
  private mutating func check(_ line: CorpusLine, tags: Bool, partsOfSpeech: Bool) throws {
    let first = layout ?? (tags, partsOfSpeech, line.number)
    layout = first
    for (what, has, expected) in [
      ("tags or entities", tags, first.tags),
      ("parts of speech", partsOfSpeech, first.partsOfSpeech),
    ] where has != expected {
      throw line.error(
        found: has ? "\(what)" : "no \(what)",
        expected: "\(expected ? "them" : "none") as in line \(first.line)",
        remedy: "give all sentences the same keys; an empty list where there are no entities")
    }
  }

  private func words(
    _ words: [String], of object: JSONObject, in line: CorpusLine
  ) throws -> (Sentence, Bool) {
    for word in words { try line.checkField(word, as: "token") }
    let tags = try list("tags", of: object, count: words.count, in: line)
    let partsOfSpeech = try list("pos", of: object, count: words.count, in: line)
    for tag in tags ?? [] {
      _ = try line.checkedTag(tag, in: #""tags""#, remedy: "write one tag a token")
      try line.checkField(tag, as: "tag")
    }
    for part in partsOfSpeech ?? [] { try line.checkField(part, as: "part of speech") }
    let sentence = Sentence(words: words, tags: tags ?? [], partsOfSpeech: partsOfSpeech ?? [])
    return (sentence, tags != nil)
  }

  /// A list of strings, one a token; nil if the key is absent or null.
  private func list(
    _ key: String, of object: JSONObject, count: Int, in line: CorpusLine
  ) throws -> [String]? {
    guard let value = object[key], !value.isNull else { return nil }
    guard let list = value.array, list.allSatisfy({ $0.string != nil }) else {
      throw line.error(
        found: "\"\(key)\" \(CorpusLine.clipped(value.text()))", expected: "a list of strings")
    }
    guard list.count == count else {
      throw line.error(
        found: "\(list.count) \(list.count == 1 ? "string" : "strings") in \"\(key)\"",
        expected: "\(count), one for each token")
    }
    return list.compactMap(\.string)
  }
}

extension CorpusLine {
  /// Refuses text that a column file cannot hold as one field: empty, with tabs or line ends in it or space at its ends.
  ///
  /// - Throws: `DataError` for such text.
  func checkField(_ text: String, as role: String) throws {
    let bytes = text.utf8
    let isSpaced = bytes.first == 0x20 || bytes.last == 0x20
    guard bytes.isEmpty || isSpaced || bytes.contains(where: { [0x09, 0x0A, 0x0D].contains($0) })
    else { return }
    throw error(
      found: bytes.isEmpty ? "an empty \(role)" : "the \(role) \(JSONValue.string(text).text())",
      expected: "text without tabs, line ends, and space at its ends")
  }

  /// Text as an error shows it without quotes: at most 80 characters.
  static func clipped(_ text: String) -> String {
    text.unicodeScalars.count <= 80 ? text : "\(String(text.unicodeScalars.prefix(80)))…"
  }
}

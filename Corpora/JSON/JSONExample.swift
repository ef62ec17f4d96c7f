import JSON
import Labels
import Text

/// One object of a JSON corpus: its words and tags, under the keys of the tools that write such files.
///
/// | tool | keys |
/// | --- | --- |
/// | this program, `augment` | `tokens`, `tags`, `pos` |
/// | this program, `tag` | `text` or `tokens`, `entities`, `start`, `end`, `offsets` |
/// | Hugging Face datasets | `tokens` or `words`, `ner_tags`, `tags` or `labels`, `pos_tags` or `upos` |
/// | doccano | `text`, `label` or `labels` as `[[0, 3, "PER"]]`, or `entities` with `start_offset` |
/// | spaCy | `text` and `entities` or `ents`; `["text", {"entities": [[0, 3, "PER"]]}]` |
/// | Prodigy | `text`, `spans`, `tokens`, `answer` |
/// | Label Studio | `data` and `annotations`, or its JSON-MIN |
///
/// What looks like tags and is none of these is an error, so that no tag is lost in silence.
struct JSONExample {
  /// What was left out or changed, for the user.
  struct Counts {
    /// Examples that an annotator refused or passed over.
    var unanswered = 0
    /// Entities at whose border a word was cut, and the first of them.
    var cutWords = 0
    var firstCut = ""

    /// Whether an annotator refused an example or passed over it, which is counted.
    mutating func isLeftOut(_ object: JSONObject) -> Bool {
      let answer = object["answer"]?.string
      let isLeftOut = answer == "reject" || answer == "ignore"
      unanswered += isLeftOut ? 1 : 0
      return isLeftOut
    }

    func notices(of file: String) -> [String] {
      var notices: [String] = []
      if unanswered > 0 {
        notices.append(
          "\(file): left out \(unanswered) \(unanswered == 1 ? "example" : "examples") that the "
            + "annotators rejected, ignored or never annotated")
      }
      if cutWords > 0 {
        notices.append(
          "\(file): \(cutWords) \(cutWords == 1 ? "entity begins or ends" : "entities begin or end") "
            + "inside a word, first \(firstCut); the word is cut there, which tag will not do")
      }
      return notices
    }
  }

  let object: JSONObject
  let line: CorpusLine
  private let offsets: OffsetUnit?

  /// Takes an object of a line, and the unit of places in its text where it does not tell it; nil for characters.
  init(_ object: JSONObject, in line: CorpusLine, offsets: OffsetUnit?) {
    self.object = object
    self.line = line
    self.offsets = offsets
  }

  /// A key and its value as an error shows them.
  static func shown(_ key: String, _ value: JSONValue) -> String {
    "\"\(key)\" \(CorpusLine.clipped(value.text()))"
  }

  /// The sentences of the example: one of words, any number of a text, none of one that was rejected.
  ///
  /// - Throws: `DataError` for what is not understood.
  func sentences(_ names: inout TagNames, _ counts: inout Counts) throws -> [Example] {
    if counts.isLeftOut(object) { return [] }
    if object["data"]?.object != nil, object["annotations"]?.array != nil {
      guard let example = try LabelStudioTask(object, in: line).example else {
        counts.unanswered += 1
        return []
      }
      return try JSONExample(example, in: line, offsets: offsets).sentences(&names, &counts)
    }
    let text = object["text"]?.string
    if let (key, tokens) = try words(isText: text != nil) {
      return try sentence(of: tokens, key, text, &names, &counts)
    }
    guard let text else { throw notAnExample }
    let key = try annotationKey(words: nil)
    return try AnnotatedText(
      text, words: tokenPlaces(), entities: spans(key),
      offsets: JSONOffsets(object, text: text, preferred: offsets), in: line
    ).sentences(&counts)
  }

  private var notAnExample: Error {
    let keys = object.keys.map { JSONValue.string($0).text() }.joined(separator: ", ")
    return line.error(
      found: keys.isEmpty ? "an empty object" : "an object with \(CorpusLine.clipped(keys))",
      expected: #""tokens", a list of strings, or "text", a string"#)
  }

  // MARK: Words

  /// The words and their key; nil where the object has none, or tokens with places in its text.
  private func words(isText: Bool) throws -> (key: String, words: [String])? {
    for key in ["tokens", "words"] {
      guard let value = object[key], !value.isNull else { continue }
      let list = value.array
      if let words = list?.compactMap(\.string), words.count == list?.count {
        // An empty list says nothing of a text.
        if words.isEmpty, isText { continue }
        return (key, words)
      }
      if isText, key == "tokens", list?.allSatisfy({ $0.object != nil }) == true { continue }
      throw line.error(found: Self.shown(key, value), expected: "a list of strings")
    }
    return nil
  }

  private func sentence(
    of words: [String], _ wordsKey: String, _ text: String?, _ names: inout TagNames,
    _ counts: inout Counts
  ) throws -> [Example] {
    guard !words.isEmpty else { return [] }
    for word in words { try line.checkField(word, as: "token") }
    var sentence = Example(words: words)
    sentence.partsOfSpeech = try partsOfSpeech(of: words)
    let key = try annotationKey(words: words)
    guard let key, let list = object[key]?.array else { return [sentence] }
    names.learn(from: object, for: key)
    if Self.areTags(list), !Self.spanKeys.contains(key) {
      let tags = try names.tags(list, of: key, in: line)
      try checkCount(tags, of: key, words)
      for tag in tags {
        _ = try line.checkedTag(tag, in: "\"\(key)\"", remedy: "write one tag a token")
        try line.checkField(tag, as: "tag")
      }
      sentence.tags = tags
      return [sentence]
    }
    let spans = try spans(key) ?? []
    if spans.allSatisfy({ $0.words != nil }) {
      sentence.tags = try tags(of: spans, words: words)
      return [sentence]
    }
    guard let text else {
      throw line.error(
        found: Self.shown(key, .array(list)),
        expected: "a \"text\" beside \"\(wordsKey)\", in which start and end count",
        remedy: "or give the places of words as \"start_token\" and \"end_token\"")
    }
    return try AnnotatedText(
      text, words: places(of: words, in: text), entities: spans,
      offsets: JSONOffsets(object, text: text, preferred: offsets), in: line
    ).sentences(&counts)
  }

  private func checkCount(_ strings: [String], of key: String, _ words: [String]) throws {
    guard strings.count == words.count else {
      throw line.error(
        found: "\(strings.count) \(strings.count == 1 ? "string" : "strings") in \"\(key)\"",
        expected: "\(words.count), one for each token")
    }
  }

  /// One part of speech a word; none where there is no key for them.
  ///
  /// Numbers stand for themselves: only which words have the same one matters.
  private func partsOfSpeech(of words: [String]) throws -> [String] {
    for key in ["pos", "pos_tags", "upos"] {
      guard let value = object[key], !value.isNull else { continue }
      let list = value.array?.compactMap { $0.string ?? $0.wholeNumber.map(String.init) }
      guard let list, list.count == value.array?.count else {
        throw line.error(found: Self.shown(key, value), expected: "a list of strings")
      }
      try checkCount(list, of: key, words)
      for part in list { try line.checkField(part, as: "part of speech") }
      return list
    }
    return []
  }

  /// Where the words stand in the text, one after another, in bytes.
  private func places(of words: [String], in text: String) throws -> AnnotatedText.Words {
    let bytes = Array(text.utf8)
    var end = 0
    let places = try words.map { word in
      let word = Array(word.utf8)
      var start = end
      while start + word.count <= bytes.count, !bytes[start...].starts(with: word) { start += 1 }
      guard start + word.count <= bytes.count else {
        throw line.error(
          found: "the token \(CorpusLine.quoted(String(decoding: word, as: UTF8.self)))",
          expected: "the words of \"text\" in their order")
      }
      end = start + word.count
      return start..<end
    }
    return .bytes(places)
  }

  /// The places of the tokens that Prodigy and spaCy give as objects; nil where there are none.
  private func tokenPlaces() throws -> AnnotatedText.Words? {
    guard let tokens = object["tokens"]?.array, !tokens.isEmpty else { return nil }
    return .places(
      try tokens.map { token in
        guard let token = token.object, let start = token["start"]?.wholeNumber,
          let end = token["end"]?.wholeNumber
        else {
          throw line.error(
            found: Self.shown("tokens", token), expected: #"tokens with "start" and "end""#)
        }
        return JSONSpan.Place(start: start, end: end)
      })
  }
}

import JSON
import Labels

/// Under which keys the tags of words or the entities of a text stand, and what they say.
extension JSONExample {
  static let spanKeys = ["entities", "spans", "ents"]
  private static let tagKeys = ["ner_tags", "tags", "ner", "labels", "label"]
  /// Keys that look like tags by their names and are known not to be those of entities.
  private static let otherKeys = [
    "pos", "pos_tags", "upos", "xpos", "chunk_tags", "id2label", "label2id", "features",
  ]

  /// All keys under which tags or entities stand.
  static let annotationKeys = tagKeys + spanKeys

  static func areTags(_ list: [JSONValue]) -> Bool {
    list.allSatisfy { $0.string != nil || $0.double != nil }
  }

  private static func areSpans(_ list: [JSONValue]) -> Bool {
    list.allSatisfy { $0.object != nil || $0.array != nil }
  }

  /// The key that holds the tags of words, or the entities of a text; nil where nothing does.
  ///
  /// - Throws: `DataError` for one that looks as if it did and is not understood, and for two that differ.
  func annotationKey(words: [String]?) throws -> String? {
    let present = Self.annotationKeys.filter { !(object[$0] ?? .null).isNull }
    if words != nil, present.first == "ner_tags" {
      // A data set may have further layers beside it.
      if let list = object["ner_tags"]?.array, Self.areTags(list) { return "ner_tags" }
      throw notUnderstood("ner_tags", words)
    }
    let tags =
      words == nil
      ? []
      : present.filter { key in
        !Self.spanKeys.contains(key) && object[key]?.array.map(Self.areTags) ?? false
      }
    let spans = present.filter { key in
      key != "tags" && key != "ner_tags" && object[key]?.array.map(Self.areSpans) ?? false
    }
    let fitting = tags.isEmpty ? spans : tags
    let filled = fitting.filter { object[$0]?.array?.isEmpty == false }
    let keys = filled.isEmpty ? fitting : filled
    guard let key = keys.first else {
      if let key = present.first ?? object.keys.first(where: { looksLikeTags($0, words) }) {
        throw notUnderstood(key, words)
      }
      if words == nil, object["answer"]?.string == "accept" { return "spans" }
      guard let key = Self.annotationKeys.first(where: { object[$0] != nil }) else {
        return nil
      }
      throw line.error(
        found: "\"\(key)\" null", expected: "tags or entities",
        remedy:
          "write [] for a text without entities, and leave the key out of one that nobody annotated"
      )
    }
    if let other = keys.dropFirst().first(where: { object[$0] != object[key] }) {
      throw line.error(
        found: "\"\(key)\" and \"\(other)\", which differ",
        expected: "one key with tags or entities",
        remedy: "leave one out, for example with: jq -c 'del(.\(other))'")
    }
    return key
  }

  /// Whether a key that is not known has a name or a value that only tags have.
  private func looksLikeTags(_ key: String, _ words: [String]?) -> Bool {
    guard let value = object[key], !value.isNull, !Self.otherKeys.contains(key) else {
      return false
    }
    let parts = key.lowercased().split { !$0.isLetter && !$0.isNumber }
    let names = [
      "ner", "tag", "tags", "label", "labels", "entity", "entities", "span", "spans", "annotation",
      "annotations", "bio", "iob", "iob2", "bioes", "bilou", "mentions", "predictions",
      "completions",
    ]
    if value.array != nil || value.object != nil,
      parts.contains(where: { names.contains(String($0)) || $0.hasSuffix("tags") })
    {
      return true
    }
    guard let list = value.array, !list.isEmpty else { return false }
    if list.count == words?.count {
      return list.allSatisfy { EntityTag($0.string ?? "") != nil }
    }
    return list.allSatisfy { (try? JSONSpan($0, of: key, in: line)) != nil }
  }

  private func notUnderstood(_ key: String, _ words: [String]?) -> Error {
    let needsWords = words == nil && key != "label" && object[key]?.array.map(Self.areTags) == true
    let expected =
      words != nil
      ? "one tag for each token, strings or numbers, or a list of entities"
      : #"a list of entities, such as [[0, 3, "PER"]] or {"start": 0, "end": 3, "type": "PER"}"#
        + (needsWords ? #", or "tokens", the words that have these tags"# : "")
    return line.error(
      found: Self.shown(key, object[key] ?? .null), expected: expected,
      remedy:
        "if it tells nothing about words, leave it out, for example with: jq -c 'del(.\(key))'")
  }

  /// The entities under a key; nil for no key.
  func spans(_ key: String?) throws -> [JSONSpan]? {
    guard let key else { return nil }
    return try (object[key]?.array ?? []).map { try JSONSpan($0, of: key, in: line) }
  }

  /// The tags of entities whose words are numbered.
  func tags(of spans: [JSONSpan], words: [String]) throws -> [String] {
    var tags = [String](repeating: "O", count: words.count)
    for span in spans {
      guard let place = span.words, place.start >= 0, place.start < place.end,
        place.end <= words.count
      else {
        throw line.error(
          found: "the entity \(span.shown)", expected: "words from 0 to \(words.count)")
      }
      for word in place.start..<place.end {
        guard tags[word] == "O" else {
          throw line.error(
            found: "two entities at \(CorpusLine.quoted(words[word]))",
            expected: "entities that do not overlap")
        }
        tags[word] = (word == place.start ? "B-" : "I-") + span.type
      }
    }
    return tags
  }
}

import Files
import JSON
import Labels

/// Reads the objects of a JSON corpus that hold a text or a pair of texts, with a label or without.
///
/// A text is a string, which is cut into words, or a list of words (`tokens`, or `tokens1` and `tokens2`), which may have
/// their parts of speech in a list beside it (`pos`, or `pos1` and `pos2`). A label is a string, a whole number or a truth
/// value; `label_text` goes before `label`. The first object tells under which keys they stand.
struct JSONTexts {
  let task: TaskKind
  /// The keys of the texts: one, or two of a pair.
  private let texts: [String]
  private let label: String?
  private let group: String?
  private let areWords: Bool
  /// The line of the first object.
  private let line: Int

  /// Looks at the first object.
  ///
  /// - Returns: Nil for an object of words with tags, or of a text with entities.
  /// - Throws: `DataError` if a key that is named is not there, or the object is not of the task that is asked for.
  init?(_ object: JSONObject, in line: CorpusLine, format: CorpusFormat) throws {
    let selection = format.columns?.texts ?? TextColumns()
    guard format.asksForTexts || format.task == nil else { return nil }
    let keys = object.keys
    func key(_ place: ColumnPlace) throws -> String {
      if case .name(let name) = place, object[name] != nil { return name }
      throw line.error(
        found: "an object with \(CorpusLine.clipped(keys.joined(separator: ", ")))",
        expected: "the key \(place), as in --columns \(selection)",
        remedy: "JSON Lines have keys instead of numbered columns")
    }
    let found = Self.find(in: object, isWanted: format.asksForTexts)
    if selection.texts.isEmpty {
      guard let found else {
        guard format.asksForTexts else { return nil }
        throw line.error(
          found: "an object with \(CorpusLine.clipped(keys.joined(separator: ", ")))",
          expected: "texts under keys such as sentence, or sentence1 and sentence2",
          remedy: "name their keys with --columns text=...,label=...")
      }
      texts = found.texts.map { keys[$0] }
      label = try selection.label.map(key) ?? found.label.map { keys[$0] }
      areWords = found.areWords
    } else {
      texts = try selection.texts.map(key)
      label = try selection.label.map(key)
      areWords = texts.allSatisfy { object[$0]?.array != nil }
    }
    group = try selection.group.map(key)
    task = texts.count == 2 ? .pair : .sentence
    self.line = line.number
    if let wanted = format.task, wanted != task {
      throw line.error(
        found: task == .pair ? "a pair of texts" : "a single text",
        expected: wanted == .pair ? "two texts, for --task pair" : "one text, for --task sentence",
        remedy: "name the keys with --columns")
    }
  }

  /// The keys of texts and label; nil for an object that rather has tags or entities.
  private static func find(in object: JSONObject, isWanted: Bool) -> TextNames.Found? {
    let keys = object.keys
    func isScalar(_ key: Int) -> Bool {
      let value = object[keys[key]]
      return value?.string != nil || value?.double != nil || value?.bool != nil
    }
    let named = TextNames.find(in: keys)
    let label = named?.label ?? TextNames.label(in: keys)
    for tokens in [TextNames.pairOfTokens, TextNames.tokens] {
      let places = tokens.compactMap { token in keys.firstIndex(of: token) }
      guard places.count == tokens.count,
        places.allSatisfy({ object[keys[$0]]?.array?.allSatisfy { $0.string != nil } == true }),
        places.count == 2 || isWanted || label.map(isScalar) == true
      else { continue }
      return TextNames.Found(texts: places, label: label, areWords: true)
    }
    guard let named, named.texts.allSatisfy({ object[keys[$0]]?.string != nil }) else {
      return nil
    }
    // A text with entities, or without anything, is one of sentences whose words have tags.
    let hasLists = JSONExample.annotationKeys.contains { object[$0]?.array != nil }
    let isText = keys[named.texts[0]].lowercased() == "text"
    let isTagged = hasLists || isText && named.label.map(isScalar) != true
    return named.texts.count == 1 && isTagged && !isWanted ? nil : named
  }

  /// What the file was taken for, in words for the user.
  var notice: String {
    let what = task == .pair ? "pairs of texts" : "sentences"
    return "\(what) \(label == nil ? "without labels" : "with a label each"); "
      + "\(task == .pair ? "the texts are" : "text is") \(texts.joined(separator: " and "))"
      + (label.map { ", label is \($0)" } ?? "") + (group.map { ", group is \($0)" } ?? "")
  }

  /// The example of an object.
  ///
  /// - Throws: `DataError` for what is not there or not understood.
  func example(_ object: JSONObject, in line: CorpusLine) throws -> Example {
    var example = Example(line: line.number)
    for (place, key) in texts.enumerated() {
      if place == 1 { example.firstLength = example.words.count }
      let words = try words(object, key, line)
      example.words += words
      guard areWords else { continue }
      let partsKey = task == .pair ? "pos\(place + 1)" : "pos"
      example.partsOfSpeech += try partsOfSpeech(object, partsKey, of: words, line)
    }
    if example.partsOfSpeech.count != example.words.count, !example.partsOfSpeech.isEmpty {
      throw line.error(
        found: "parts of speech for one text", expected: "\"pos1\" and \"pos2\", or none")
    }
    if let label {
      let name = try labelName(object[label] ?? .null, label, line)
      try line.checkField(name, as: "label")
      example.label = name
    }
    if let group, let value = object[group], !value.isNull {
      example.group = value.string ?? value.text()
    }
    return example
  }

  private func words(_ object: JSONObject, _ key: String, _ line: CorpusLine) throws -> [String] {
    let value = object[key] ?? .null
    if areWords, let list = value.array {
      let words = list.compactMap(\.string)
      if words.count == list.count, !words.isEmpty {
        for word in words { try line.checkField(word, as: "token") }
        return words
      }
    } else if !areWords, let text = value.string {
      return try line.words(of: text)
    }
    throw line.error(
      found: value.isNull ? "no \"\(key)\"" : JSONExample.shown(key, value),
      expected: "\(areWords ? "a list of words" : "a text") as in line \(self.line)")
  }

  private func partsOfSpeech(
    _ object: JSONObject, _ key: String, of words: [String], _ line: CorpusLine
  ) throws -> [String] {
    guard let value = object[key], !value.isNull else { return [] }
    guard let parts = value.array?.compactMap(\.string), parts.count == words.count else {
      throw line.error(
        found: JSONExample.shown(key, value), expected: "\(words.count) strings, one for each word")
    }
    for part in parts { try line.checkField(part, as: "part of speech") }
    return parts
  }

  private func labelName(_ value: JSONValue, _ key: String, _ line: CorpusLine) throws -> String {
    if let name = value.string { return name }
    if let number = value.wholeNumber { return String(number) }
    if let truth = value.bool { return truth ? "true" : "false" }
    guard value.double == nil else {
      throw line.error(
        found: "the decimal number \(value.text()) in \"\(key)\"",
        expected: "labels, which are names or whole numbers; scores cannot be learnt",
        remedy: "name the label's key with --columns label=...")
    }
    throw line.error(
      found: value.isNull ? "no \"\(key)\"" : JSONExample.shown(key, value),
      expected: "a label, a string or a whole number, as in line \(self.line)")
  }
}

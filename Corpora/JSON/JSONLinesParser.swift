import Files
import JSON
import Labels

/// Reads JSON: an object a line, or a file that is one array of objects.
///
/// An object is one example: words with their tags, which is one sentence, or a text with its entities as spans, which is
/// cut into sentences and words as `TextSplitter` cuts. `JSONExample` knows the keys of the tools that write such files.
/// Objects with a text or a pair of texts and one label are for `JSONTexts`. What the first example has, all must have.
struct JSONLinesParser: SentenceParser {
  private var layout: (tags: Bool, partsOfSpeech: Bool, line: Int)?
  /// What cuts the file, if it is one array; nil for an object a line.
  private var array: JSONArrayCutter?
  private var isFirst = true
  private var documentPending = false
  /// What reads objects with one label, once the first of all objects has told; nil inside for words with tags.
  private var texts: JSONTexts??
  private let format: CorpusFormat
  private var names: TagNames
  private var counts = JSONExample.Counts()

  init(_ format: CorpusFormat) {
    self.format = format
    names = TagNames(format.tagNames)
  }

  mutating func read(_ line: CorpusLine, into sentence: inout Example) throws -> LineKind {
    if ColumnLine.isBlank(line.bytes) { return .comment }
    if isFirst, JSONArrayCutter.opensArray(line.bytes) { array = JSONArrayCutter() }
    isFirst = false
    var sentences: [Example] = []
    if array == nil {
      try read(line, into: &sentences)
    } else {
      var elements = array
      try elements?.cut(line) { try read($0, into: &sentences) }
      array = elements
    }
    return .sentences(sentences)
  }

  var canSkipLines: Bool { array == nil }
  var hasExampleInEachLine: Bool { true }
  var task: TaskKind? { texts.map { $0?.task ?? .tag } }

  func checkEnd(file: String) throws { try array?.checkEnd(file: file) }

  func notices(of file: String) -> [String] {
    (texts.flatMap(\.self).map { ["\(file): \($0.notice)"] } ?? []) + counts.notices(of: file)
  }

  /// Reads one example.
  private mutating func read(_ line: CorpusLine, into sentences: inout [Example]) throws {
    let object = try object(line)
    let texts = try texts ?? JSONTexts(object, in: line, format: format)
    self.texts = .some(texts)
    if let texts {
      if !counts.isLeftOut(object) { sentences.append(try texts.example(object, in: line)) }
      return
    }
    let example = JSONExample(object, in: line, offsets: format.offsets)
    var read = try example.sentences(&names, &counts)
    if read.first?.words == [ColumnParser.documentStart] {
      documentPending = true
      return
    }
    guard let first = read.first else { return }
    try check(
      line, tags: !first.tags.isEmpty, partsOfSpeech: !first.partsOfSpeech.isEmpty)
    for index in read.indices { read[index].line = line.number }
    read[0].startsDocument = documentPending
    documentPending = false
    sentences += read
  }

  private func object(_ line: CorpusLine) throws -> JSONObject {
    let text = try line.text(line.bytes.startIndex..<line.bytes.endIndex)
    let value: JSONValue
    do {
      value = try JSONValue.parse(text, file: line.file, duplicateKeys: .areErrors)
    } catch {
      throw DataError(
        file: line.file, line: line.number + (error.line ?? 1) - 1, found: error.found,
        expected: error.expected,
        remedy: array == nil ? "JSON Lines have one whole object in each line" : "")
    }
    if let object = value.object { return object }
    if let pair = value.array, pair.count == 2, pair[0].string != nil, let rest = pair[1].object {
      // spaCy's training data: a text and what is known about it.
      return JSONObject([("text", pair[0])] + rest.map { ($0, $1) })
    }
    throw line.error(
      found: "JSON that is not an object",
      expected: array == nil ? "an object in each line" : "an array of objects")
  }

  /// What the first example had, this one must have too.
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
}

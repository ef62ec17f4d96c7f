import JSON
import Text

/// An entity as an object gives it: its places, in the unit of the file, its type and perhaps its text.
struct JSONSpan {
  /// The half-open range from `start` to `end`, which may be empty or backwards.
  struct Place: Equatable {
    let start: Int
    let end: Int
  }

  /// Where it stands in the text; zeros where only its words are numbered.
  let place: Place
  /// The words that it consists of, if they are numbered.
  let words: Place?
  let type: String
  /// What the object says that the text of the entity is.
  let text: String?
  /// The entity as an error shows it.
  let shown: String

  /// Reads `[start, end, type]`, or an object.
  ///
  /// - Throws: `DataError` for anything else.
  init(_ value: JSONValue, of key: String, in line: CorpusLine) throws {
    shown = CorpusLine.clipped(value.text())
    if let list = value.array, list.count == 3, let start = list[0].wholeNumber,
      let end = list[1].wholeNumber, let type = list[2].string
    {
      place = Place(start: start, end: end)
      words = nil
      self.type = type
      text = nil
    } else if let entry = value.object {
      let text = Self.place(
        entry, [("start", "end"), ("start_offset", "end_offset"), ("start_pos", "end_pos")])
      // Prodigy's last word is a part of the entity.
      let words =
        Self.place(entry, [("start_token", "end_token")])
        ?? Self.place(entry, [("token_start", "token_end")]).map {
          Place(start: $0.start, end: $0.end &+ 1)
        }
      guard let place = text ?? words.map({ _ in Place(start: 0, end: 0) }) else {
        throw line.error(
          found: "the entity \(shown) in \"\(key)\"",
          expected: #"whole numbers under "start" and "end""#)
      }
      self.place = place
      self.words = text == nil ? words : nil
      type = try Self.type(entry, line)
      self.text = entry["text"]?.string
    } else {
      throw line.error(
        found: "the entity \(shown) in \"\(key)\"",
        expected: #"[start, end, type], or an object with "start", "end" and "type""#)
    }
    try line.checkField(type, as: "type of an entity")
    if type.utf8.starts(with: "B-".utf8) || type.utf8.starts(with: "I-".utf8) {
      throw line.error(
        found: "the type \(CorpusLine.quoted(type)) of the entity \(shown)",
        expected: "a type such as PER, for an entity as a whole",
        remedy: "join what a tagger found word by word, or give \"tokens\" and \"tags\"")
    }
  }

  private static func place(
    _ entry: JSONObject, _ keys: [(start: String, end: String)]
  ) -> Place? {
    for (start, end) in keys {
      if let start = entry[start]?.wholeNumber, let end = entry[end]?.wholeNumber {
        return Place(start: start, end: end)
      }
    }
    return nil
  }

  private static func type(_ entry: JSONObject, _ line: CorpusLine) throws -> String {
    for key in ["type", "label", "entity_group"] {
      if let type = entry[key]?.string { return type }
    }
    guard let labels = entry["labels"]?.array else { return "" }
    guard labels.count == 1, let type = labels[0].string else {
      throw line.error(
        found: JSONExample.shown("labels", .array(labels)), expected: "one type for an entity")
    }
    return type
  }
}

/// The unit in which an object counts the places of its entities, and where it begins to count.
struct JSONOffsets {
  /// The unit, and whether the object or the user named it, so that it is not to be doubted.
  let unit: OffsetUnit
  let isStated: Bool
  /// What is counted before the text's start.
  let base: Int

  /// Finds them in the object.
  ///
  /// What `tag --format json` writes has `start` and `end` of its text in the document beside it, and `offsets`, the unit;
  /// older output, which counts bytes, is told by its `end - start`, which is its text's length.
  init(_ object: JSONObject, text: String, preferred: OffsetUnit?) {
    let named = object["offsets"]?.string.flatMap(OffsetUnit.init)
    let range = object["start"]?.wholeNumber.flatMap { start in
      object["end"]?.wholeNumber.map {
        (start: start, length: $0.subtractingReportingOverflow(start))
      }
    }
    let candidates = named.map { [$0] } ?? preferred.map { [$0] } ?? [.bytes, .characters, .utf16]
    let fitting = range.flatMap { range in
      range.length.overflow
        ? nil : candidates.first { $0.length(of: text.utf8) == range.length.partialValue }
    }
    unit = named ?? preferred ?? fitting ?? .characters
    isStated = named != nil || preferred != nil || fitting != nil
    base = fitting == nil ? 0 : range?.start ?? 0
  }
}

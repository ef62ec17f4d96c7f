import Files
import Text

/// A text of a JSON corpus with its entities as spans.
///
/// Its words are those that the object gives, else those that `TextSplitter` finds, as `tag` does. White space at the ends of
/// a span belongs to no word and is passed over. Where a span begins or ends inside a word of the splitter, the word is cut
/// there; inside a word that the object gives, it is an error. A sentence does not end within an entity.
struct AnnotatedText {
  /// The words that an object gives.
  enum Words {
    /// Ranges of bytes.
    case bytes([Range<Int>])
    /// Places in the object's unit.
    case places([JSONSpan.Place])
  }

  /// An entity with the bytes that it covers.
  struct Entity {
    let span: JSONSpan
    let bytes: Range<Int>
  }

  let text: [UInt8]
  let given: Words?
  let spans: [JSONSpan]?
  let offsets: JSONOffsets
  let line: CorpusLine

  /// Takes a text with what is known about it.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - words: Its words; nil to find them.
  ///   - entities: Its entities; nil for a text without annotation.
  ///   - offsets: How places are counted.
  ///   - line: Where it stands.
  init(
    _ text: String, words: Words?, entities: [JSONSpan]?, offsets: JSONOffsets, in line: CorpusLine
  ) {
    self.text = Array(text.utf8)
    given = words
    spans = entities
    self.offsets = offsets
    self.line = line
  }

  /// The sentences, with IOB2 tags where the text is annotated.
  ///
  /// - Throws: `DataError` for places outside the text, an entity whose own text is another, entities that overlap, and
  ///   words that are given and out of order or do not fit the entities.
  func sentences(_ counts: inout JSONExample.Counts) throws -> [Example] {
    let places = TextOffsets(of: text, unit: offsets.unit)
    let entities = try (spans ?? []).map { try entity($0, places) }
    var sentences = try words(places)
    for word in sentences.joined() { try line.checkField(string(word), as: "token") }
    if given == nil {
      try cut(&sentences, at: entities, &counts)
      join(&sentences, within: entities)
    }
    let words = sentences.flatMap { $0 }
    let tags = spans == nil ? [] : try tags(of: words, entities)
    var first = 0
    return sentences.filter { !$0.isEmpty }.map { sentence in
      defer { first += sentence.count }
      return Example(
        words: sentence.map(string),
        tags: tags.isEmpty ? [] : Array(tags[first..<first + sentence.count]))
    }
  }

  func string(_ bytes: Range<Int>) -> String {
    String(decoding: text[bytes], as: UTF8.self)
  }

  // MARK: Places

  /// The bytes between two places; nil for places outside the text, inside a character or out of order.
  func bytes(_ place: JSONSpan.Place, _ places: TextOffsets) -> Range<Int>? {
    let (start, startOverflows) = place.start.subtractingReportingOverflow(offsets.base)
    let (end, endOverflows) = place.end.subtractingReportingOverflow(offsets.base)
    guard !startOverflows, !endOverflows, start < end, let from = places.byte(at: start),
      let to = places.byte(at: end)
    else { return nil }
    return from..<to
  }

  /// The bytes of an entity, without white space at its ends and with all marks of its last character.
  private func entity(_ span: JSONSpan, _ places: TextOffsets) throws -> Entity {
    guard let bytes = bytes(span.place, places) else {
      let from = offsets.base == 0 ? "" : ", counted from \(offsets.base) at the text's start"
      throw line.error(
        found: "the span \(span.shown)",
        expected: "0 <= start < end <= \(places.length), the text's length in "
          + "\(offsets.unit.described)\(from)", remedy: unitRemedy)
    }
    guard isOwnText(span, bytes) else {
      throw line.error(
        found: "an entity whose text is \(CorpusLine.quoted(span.text ?? "")) at "
          + "\(span.place.start) to \(span.place.end), where the text has "
          + "\(CorpusLine.quoted(string(bytes)))",
        expected: "start and end of that text, in \(offsets.unit.described)",
        remedy: unitRemedy.isEmpty ? "correct its start and end, or its text" : unitRemedy)
    }
    let trimmed = text.trimmingSpace(bytes)
    guard !trimmed.isEmpty else {
      throw line.error(
        found: "the span \(span.shown), which is nothing but white space",
        expected: "entities of at least one word")
    }
    return Entity(span: span, bytes: TextSplitter.withMarks(trimmed, in: text))
  }

  /// Whether an entity's own text, if it has any, is what stands at its place, white space aside.
  private func isOwnText(_ span: JSONSpan, _ bytes: Range<Int>) -> Bool {
    guard let own = span.text else { return true }
    func letters(_ text: String) -> String.UnicodeScalarView {
      text.unicodeScalars.filter { !$0.properties.isWhitespace }
    }
    return own.utf8.elementsEqual(text[bytes]) || letters(own).elementsEqual(letters(string(bytes)))
  }

  /// The advice to count in another unit, if all entities fit in one; empty if none does or the unit is stated.
  var unitRemedy: String {
    guard !offsets.isStated, let unit = fittingUnit else { return "" }
    return "they fit as \(unit.described): give --offsets \(unit.rawValue)"
  }

  /// Another unit in which all entities are whole words, with the text that they say.
  private var fittingUnit: OffsetUnit? {
    let words = TextSplitter.sentences(in: String(decoding: text, as: UTF8.self)).flatMap(\.words)
    let starts = Set(words.map(\.lowerBound))
    let ends = Set(words.map(\.upperBound))
    return OffsetUnit.allCases.first { unit in
      guard unit != offsets.unit else { return false }
      let places = TextOffsets(of: text, unit: unit)
      return (spans ?? []).allSatisfy { span in
        guard let bytes = bytes(span.place, places), isOwnText(span, bytes) else { return false }
        let trimmed = text.trimmingSpace(bytes)
        return starts.contains(trimmed.lowerBound) && ends.contains(trimmed.upperBound)
      }
    }
  }
}

extension OffsetUnit {
  /// The unit in words.
  var described: String {
    switch self {
    case .bytes: "UTF-8 bytes"
    case .characters: "characters (Unicode scalars)"
    case .utf16: "UTF-16 code units"
    }
  }
}

extension Array where Element == UInt8 {
  /// A range of UTF-8 text without the white space at its ends.
  func trimmingSpace(_ range: Range<Int>) -> Range<Int> {
    let scalars = String(decoding: self[range], as: UTF8.self).unicodeScalars
    func length(_ space: some Sequence<Unicode.Scalar>) -> Int {
      space.reduce(0) { $0 + UTF8.width($1) }
    }
    let before = length(scalars.prefix { $0.properties.isWhitespace })
    if before == range.count { return range.upperBound..<range.upperBound }
    let after = length(scalars.reversed().prefix { $0.properties.isWhitespace })
    return range.lowerBound + before..<range.upperBound - after
  }
}

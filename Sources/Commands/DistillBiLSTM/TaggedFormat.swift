import ArgumentParser
import Files
import JSON
import Tagger
import TerminalUI
import Text

/// The forms in which `distill-bilstm tag` writes tagged sentences.
enum TaggedFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  case conll
  case json
}

/// Puts tagged sentences into one of the forms, as UTF-8.
struct TaggedOutput: Sendable {
  let format: TaggedFormat
  /// The unit of places in JSON.
  let offsets: OffsetUnit
  let color: ColorPolicy
  /// Whether text is written for a terminal, which would obey the control characters in it.
  let isForTerminal: Bool
  /// The student's entity types, whose order decides their colours.
  let types: [String]

  /// Appends the sentences of plain text.
  ///
  /// - Parameters:
  ///   - sentences: The sentences, whose offsets count from the start of `text`.
  ///   - text: Whole lines.
  ///   - place: Where `text` begins in the input, in the unit of JSON's offsets.
  ///   - output: What is appended to.
  func append(
    _ sentences: [TaggedSentence], of text: UnsafeBufferPointer<UInt8>, place: Int,
    to output: inout [UInt8]
  ) {
    switch format {
    case .text:
      appendMarked(sentences, text, to: &output)
      if text.last != 0x0A { output.append(0x0A) }
    case .conll:
      for sentence in sentences { appendColumns(sentence, text, to: &output) }
    case .json:
      var places = RunningPlace(text: text, unit: offsets, place: place)
      for sentence in sentences { append(sentence, of: text, &places, to: &output) }
    }
  }

  private func append(
    _ sentence: TaggedSentence, of text: UnsafeBufferPointer<UInt8>, _ places: inout RunningPlace,
    to output: inout [UInt8]
  ) {
    let start = places.place(ofByte: sentence.bytes.lowerBound)
    let entities = sentence.entities.map { entity in
      json(
        entity, ("start", places.place(ofByte: entity.bytes.lowerBound)),
        ("end", places.place(ofByte: entity.bytes.upperBound)))
    }
    let object = JSONObject([
      ("text", .string(String(decoding: text[sentence.bytes], as: UTF8.self))),
      ("start", .integer(start)),
      ("end", .integer(places.place(ofByte: sentence.bytes.upperBound))),
      ("offsets", .string(offsets.rawValue)),
      ("entities", .array(entities)),
    ])
    append(object, to: &output)
  }

  /// Appends a sentence whose words came in columns.
  func append(_ sentence: TaggedSentence, words: [String], to output: inout [UInt8]) {
    var line = words.joined(separator: " ")
    switch format {
    case .text:
      line.withUTF8 { appendMarked([sentence], $0, to: &output) }
      output.append(0x0A)
    case .conll:
      line.withUTF8 { appendColumns(sentence, $0, to: &output) }
    case .json:
      let object = JSONObject([
        ("tokens", .array(words.map { .string($0) })),
        (
          "entities",
          .array(
            sentence.entities.map { entity in
              json(
                entity, ("start_token", entity.words.lowerBound),
                ("end_token", entity.words.upperBound))
            })
        ),
      ])
      append(object, to: &output)
    }
  }

  /// The text as it stands, with its names in brackets: `[PER Ada Nwosu] moved to [LOC Porto].`; on a terminal with its
  /// control characters written out.
  private func appendMarked(
    _ sentences: [TaggedSentence], _ text: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]
  ) {
    var next = 0
    for entity in sentences.lazy.flatMap(\.entities) {
      append(text[next..<entity.bytes.lowerBound], to: &output)
      let name = isForTerminal ? printable(entity.text) : entity.text
      let mark = "[\(printable(entity.type)) \(name)]"
      let category = types.firstIndex { ByteString($0) == ByteString(entity.type) } ?? 0
      output.append(contentsOf: color.paint(mark, category: category).utf8)
      next = entity.bytes.upperBound
    }
    append(text[next...], to: &output)
  }

  private func append(
    _ bytes: Slice<UnsafeBufferPointer<UInt8>>, to output: inout [UInt8]
  ) {
    if isForTerminal {
      let text = String(decoding: bytes, as: UTF8.self)
      output.append(contentsOf: printable(text, keepsLines: true).utf8)
    } else {
      output.append(contentsOf: bytes)
    }
  }

  private func appendColumns(
    _ sentence: TaggedSentence, _ text: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]
  ) {
    for (word, tag) in zip(sentence.words, sentence.tags) {
      output.append(contentsOf: text[word])
      // A word that holds a space, as columns between tabs may, needs a tab behind it.
      output.append(text[word].contains(0x20) ? 0x09 : 0x20)
      output.append(contentsOf: tag.utf8)
      output.append(0x0A)
    }
    output.append(0x0A)
  }

  private func append(_ object: JSONObject, to output: inout [UInt8]) {
    output.append(contentsOf: JSONValue.object(object).text().utf8)
    output.append(0x0A)
  }

  private func json(
    _ entity: Entity, _ start: (key: String, value: Int), _ end: (key: String, value: Int)
  ) -> JSONValue {
    .object(
      JSONObject([
        ("type", .string(entity.type)), ("text", .string(entity.text)),
        (start.key, .integer(start.value)), (end.key, .integer(end.value)),
        ("probability", .number((entity.probability * 1e4).rounded() / 1e4)),
      ]))
  }
}

/// Turns bytes of a text into places in the input, in a unit, going forward only.
private struct RunningPlace {
  let text: UnsafeBufferPointer<UInt8>
  let unit: OffsetUnit
  private var byte = 0
  private var place: Int

  init(text: UnsafeBufferPointer<UInt8>, unit: OffsetUnit, place: Int) {
    self.text = text
    self.unit = unit
    self.place = place
  }

  /// The place of a byte that is not before the last one.
  mutating func place(ofByte next: Int) -> Int {
    place += unit.length(of: text[byte..<next])
    byte = next
    return place
  }
}

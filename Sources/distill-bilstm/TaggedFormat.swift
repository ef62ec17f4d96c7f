import ArgumentParser
import Files
import ModelFiles
import Tagger
import TerminalUI

/// The forms in which `distill-bilstm tag` writes tagged sentences.
enum TaggedFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  case conll
  case json
}

/// Writes tagged sentences in one of the forms.
struct TaggedOutput {
  let format: TaggedFormat
  let color: ColorPolicy
  /// The student's entity types, whose order decides their colours.
  let types: [String]
  let file: AtomicFileWriter

  /// Writes the sentences of plain text.
  ///
  /// - Parameters:
  ///   - sentences: The sentences, whose offsets count from the start of `text`.
  ///   - text: Whole lines.
  ///   - offset: The bytes of the input before `text`, which JSON's offsets count too.
  /// - Throws: `FileError` when the system cannot write.
  func write(
    _ sentences: [TaggedSentence], of text: UnsafeBufferPointer<UInt8>, offset: Int
  ) throws {
    switch format {
    case .text:
      try writeMarked(sentences, text)
      if text.last != 0x0A { try file.write("\n") }
    case .conll:
      for sentence in sentences { try writeColumns(sentence, text) }
    case .json:
      for sentence in sentences {
        try write([
          "text": .string(String(decoding: text[sentence.bytes], as: UTF8.self)),
          "start": .integer(offset + sentence.bytes.lowerBound),
          "end": .integer(offset + sentence.bytes.upperBound),
          "entities": .array(
            sentence.entities.map { entity in
              json(
                entity, ("start", offset + entity.bytes.lowerBound),
                ("end", offset + entity.bytes.upperBound))
            }),
        ])
      }
    }
  }

  /// Writes a sentence whose words came in columns.
  ///
  /// - Throws: `FileError` when the system cannot write.
  func write(_ sentence: TaggedSentence, words: [String]) throws {
    var line = words.joined(separator: " ")
    switch format {
    case .text:
      try line.withUTF8 { try writeMarked([sentence], $0) }
      try file.write("\n")
    case .conll:
      try line.withUTF8 { try writeColumns(sentence, $0) }
    case .json:
      try write([
        "tokens": .array(words.map { .string($0) }),
        "entities": .array(
          sentence.entities.map { entity in
            json(
              entity, ("start_token", entity.words.lowerBound),
              ("end_token", entity.words.upperBound))
          }),
      ])
    }
  }

  /// The text as it stands, with its names in brackets: `[PER Ada Nwosu] moved to [LOC Porto].`.
  private func writeMarked(
    _ sentences: [TaggedSentence], _ text: UnsafeBufferPointer<UInt8>
  ) throws {
    var next = 0
    for entity in sentences.lazy.flatMap(\.entities) {
      try write(text[next..<entity.bytes.lowerBound])
      let mark = "[\(entity.type) \(entity.text)]"
      try file.write(color.paint(mark, category: types.firstIndex(of: entity.type) ?? 0))
      next = entity.bytes.upperBound
    }
    try write(text[next...])
  }

  private func writeColumns(
    _ sentence: TaggedSentence, _ text: UnsafeBufferPointer<UInt8>
  ) throws {
    for (word, tag) in zip(sentence.words, sentence.tags) {
      try write(text[word])
      // A word that holds a space, as columns between tabs may, needs a tab behind it.
      try file.write("\(text[word].contains(0x20) ? "\t" : " ")\(tag)\n")
    }
    try file.write("\n")
  }

  private func write(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) throws {
    try file.write(UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes)))
  }

  private func write(_ object: JSONValue) throws { try file.write(object.text() + "\n") }

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

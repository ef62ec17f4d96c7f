import ArgumentParser
import ModelFiles
import Tagger

/// The forms in which `distill-bilstm tag` writes a tagged sentence.
enum TaggedFormat: String, CaseIterable, ExpressibleByArgument {
  case text
  case conll
  case json

  /// A sentence with its tags, with the line breaks that belong to it.
  func text(words: [String], tags: [String]) -> String {
    switch self {
    case .text: bracketed(words, Entity.all(in: words, tags: tags)) + "\n"
    case .conll: zip(words, tags).map { "\($0) \($1)\n" }.joined() + "\n"
    case .json: json(words, Entity.all(in: words, tags: tags)).text() + "\n"
    }
  }

  /// The sentence with its names in brackets: `[PER Ada Nwosu] moved to [LOC Porto] .`.
  private func bracketed(_ words: [String], _ entities: [Entity]) -> String {
    var parts: [String] = []
    var next = 0
    for entity in entities {
      parts += words[next..<entity.startWord]
      parts.append("[\(entity.type) \(entity.text)]")
      next = entity.endWord
    }
    return (parts + words[next...]).joined(separator: " ")
  }

  private func json(_ words: [String], _ entities: [Entity]) -> JSONValue {
    [
      "tokens": .array(words.map { .string($0) }),
      "entities": .array(
        entities.map {
          [
            "type": .string($0.type), "start": .integer($0.startWord),
            "end": .integer($0.endWord), "text": .string($0.text),
          ]
        }),
    ]
  }
}

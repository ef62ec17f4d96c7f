/// An entity that was found: words that belong together, and what they name.
public struct Entity: Sendable, Equatable {
  /// The type, such as "PER".
  public let type: String
  /// The first word, counted from 0.
  public let startWord: Int
  /// The word behind the last.
  public let endWord: Int
  /// The words with a space between them.
  public let text: String

  /// Describes an entity.
  public init(type: String, startWord: Int, endWord: Int, text: String) {
    self.type = type
    self.startWord = startWord
    self.endWord = endWord
    self.text = text
  }

  /// The entities of a tagged sentence, by conlleval's rules: an I- tag whose type does not go on begins an entity.
  ///
  /// - Parameters:
  ///   - words: The sentence.
  ///   - tags: One tag a word.
  /// - Returns: The entities in the order of the words.
  public static func all(in words: [String], tags: [String]) -> [Entity] {
    precondition(words.count == tags.count, "\(words.count) words, \(tags.count) tags")
    var entities: [Entity] = []
    var start = 0
    while start < tags.count {
      guard let type = type(of: tags[start]).map(String.init) else {
        start += 1
        continue
      }
      var end = start + 1
      while end < tags.count, tags[end] == "I-\(type)" { end += 1 }
      entities.append(
        Entity(
          type: type, startWord: start, endWord: end,
          text: words[start..<end].joined(separator: " ")))
      start = end
    }
    return entities
  }

  /// The tags with every entity begun by B-, which is what makes them IOB2.
  static func iob2(_ tags: [String]) -> [String] {
    var legal = tags
    for (index, tag) in tags.enumerated() where tag.utf8.starts(with: "I-".utf8) {
      let before = index > 0 ? type(of: tags[index - 1]) : nil
      if before != type(of: tag) { legal[index] = "B-\(tag.dropFirst(2))" }
    }
    return legal
  }

  /// The type of a B- or I- tag; nil for any other.
  private static func type(of tag: String) -> Substring? {
    guard tag.utf8.starts(with: "B-".utf8) || tag.utf8.starts(with: "I-".utf8) else { return nil }
    return tag.dropFirst(2)
  }
}

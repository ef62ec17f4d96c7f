import Labels

/// One sentence of a corpus: its words with their entity tags and parts of speech.
public struct Sentence: Sendable, Equatable {
  /// The words as they stand in the corpus; never empty in a sentence that was read from a file.
  public var words: [String]
  /// One IOB2 tag a word (`O`, `B-TYPE`, `I-TYPE`); empty in an unlabelled sentence.
  public var tags: [String]
  /// One part of speech a word; empty where the corpus has none.
  public var partsOfSpeech: [String]
  /// Whether a `-DOCSTART-` line stands before the sentence.
  public var startsDocument: Bool
  /// The line of the sentence's first word in its file, counted from 1; 0 if it is from no file.
  public var line: Int

  /// Makes a sentence; tags and parts of speech are empty or as many as the words.
  public init(
    words: [String] = [], tags: [String] = [], partsOfSpeech: [String] = [],
    startsDocument: Bool = false, line: Int = 0
  ) {
    self.words = words
    self.tags = tags
    self.partsOfSpeech = partsOfSpeech
    self.startsDocument = startsDocument
    self.line = line
  }

  /// The number of entities, which in IOB2 is the number of `B-` tags.
  public var entityCount: Int {
    tags.reduce(0) { $0 + (EntityTag($1)?.mark == .begin ? 1 : 0) }
  }
}

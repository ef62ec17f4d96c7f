import Labels

/// One example of a corpus: a sentence whose words have tags, or a text or a pair of texts with one label.
public struct Example: Sendable, Equatable {
  /// The words as they stand in the corpus, those of a pair's second text after those of the first; never empty in an
  /// example that was read from a file.
  public var words: [String]
  /// One IOB2 tag a word (`O`, `B-TYPE`, `I-TYPE`); empty in a sentence without tags and in a text with a label.
  public var tags: [String]
  /// One part of speech a word; empty where the corpus has none.
  public var partsOfSpeech: [String]
  /// The number of words of a pair's first text; nil for a single text.
  public var firstLength: Int?
  /// The label of the text or the pair; nil for a sentence with tags, and where there is none.
  public var label: String?
  /// What the corpus says of the example besides, by which scores can be reported; nil where it says nothing.
  public var group: String?
  /// Whether a `-DOCSTART-` line stands before the sentence.
  public var startsDocument: Bool
  /// The line of the example's first word in its file, counted from 1; 0 if it is from no file.
  public var line: Int

  /// Makes an example; tags and parts of speech are empty or as many as the words.
  public init(
    words: [String] = [], tags: [String] = [], partsOfSpeech: [String] = [],
    firstLength: Int? = nil, label: String? = nil, group: String? = nil,
    startsDocument: Bool = false, line: Int = 0
  ) {
    self.words = words
    self.tags = tags
    self.partsOfSpeech = partsOfSpeech
    self.firstLength = firstLength
    self.label = label
    self.group = group
    self.startsDocument = startsDocument
    self.line = line
  }

  /// The places of each text's words: one range, or two for a pair.
  public var texts: [Range<Int>] {
    guard let firstLength else { return [0..<words.count] }
    return [0..<firstLength, firstLength..<words.count]
  }

  /// Whether its words have no parts of speech.
  public var lacksPartsOfSpeech: Bool { partsOfSpeech.count != words.count }

  /// What the example is for, as far as it shows: a text without a label looks like a sentence without tags.
  public var task: TaskKind {
    firstLength != nil ? .pair : label != nil ? .sentence : .tag
  }

  /// The number of entities, which in IOB2 is the number of `B-` tags.
  public var entityCount: Int {
    tags.reduce(0) { $0 + (EntityTag($1)?.mark == .begin ? 1 : 0) }
  }
}

/// A stream of examples, read one at a time.
public protocol ExampleSource: AnyObject {
  /// The next example; nil at the end.
  ///
  /// - Throws: `FileError` or `DataError` for what cannot be read.
  func next() throws -> Example?
}

extension CorpusReader: ExampleSource {}

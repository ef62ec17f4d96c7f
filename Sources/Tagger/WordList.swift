import Text

/// The words that have a vector; a word's place is its row in the table of vectors.
public struct WordList: Sendable {
  /// The words, each once, in the order of their places.
  public let words: [String]
  private let index: WordIndex

  /// Takes words; of equal ones the first counts and the others have no place.
  public init(_ words: some Sequence<String>) {
    var index = WordIndex()
    self.words = words.filter { index.intern($0).isNew }
    self.index = index
  }

  /// The number of words.
  public var count: Int { words.count }

  /// The place of a word as it stands, or else of its lower-case form; nil if neither is in the list.
  public func place(of word: String) -> Int? {
    index.number(of: word) ?? index.number(of: word.lowercased())
  }
}

import Text

/// The features of numbered word types, laid end to end: computed once for a corpus and then only looked up.
public struct WordTable: Sendable {
  private var index = WordIndex()
  private var pieces: [Int32] = []
  private var pieceStarts = [0]
  private var characters: [Int32] = []
  private var characterStarts = [0]
  private var shapes: [WordShape] = []
  private var words: [Int32] = []
  private let vocabulary: StudentVocabulary

  /// An empty table.
  public init(vocabulary: StudentVocabulary) {
    self.vocabulary = vocabulary
  }

  /// The number of word types.
  public var count: Int { shapes.count }

  /// The type of a word, whose features are computed where it is new.
  public mutating func type(of word: String) -> Int32 {
    let (number, isNew) = index.intern(word)
    if isNew {
      let features = vocabulary.features(of: word)
      pieces.append(contentsOf: features.pieces)
      pieceStarts.append(pieces.count)
      characters.append(contentsOf: features.characters)
      characterStarts.append(characters.count)
      shapes.append(features.shape)
      words.append(features.word)
    }
    return Int32(truncatingIfNeeded: number)
  }

  /// The place of a type among the words that have a vector; see `WordFeatures`.
  public func word(of type: Int32) -> Int32 { words[Int(type)] }

  /// The pieces of a type.
  public func pieces(of type: Int32) -> ArraySlice<Int32> {
    pieces[pieceStarts[Int(type)]..<pieceStarts[Int(type) + 1]]
  }

  /// The characters of a type.
  public func characters(of type: Int32) -> ArraySlice<Int32> {
    characters[characterStarts[Int(type)]..<characterStarts[Int(type) + 1]]
  }

  /// The shape of a type.
  public func shape(of type: Int32) -> WordShape { shapes[Int(type)] }
}

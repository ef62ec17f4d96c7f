/// What the student sees of a word.
public struct WordFeatures: Sendable, Equatable {
  /// The most pieces of a word that are looked at.
  public static let mostPieces = 8
  /// The most characters of a word that are looked at.
  public static let mostCharacters = 64

  /// The word of a word that has no vector.
  public static let unknownWord: Int32 = -1
  /// The word of `[MASK]`.
  public static let maskWord: Int32 = -2

  /// The word's place in the list of words that have a vector, or one of the two above; unknown where there is no list.
  public let word: Int32
  /// The word's first pieces in the teacher's vocabulary, 1 to 8; none where words have vectors.
  public let pieces: [Int32]
  /// The word's first characters, 1 to 64; see `StudentVocabulary`.
  public let characters: [Int32]
  /// What the word looks like.
  public let shape: WordShape
}

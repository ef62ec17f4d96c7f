/// What the student sees of a word.
public struct WordFeatures: Sendable, Equatable {
  /// The most pieces of a word that are looked at.
  public static let mostPieces = 8
  /// The most characters of a word that are looked at.
  public static let mostCharacters = 64

  /// The word's first pieces in the teacher's vocabulary, 1 to 8.
  public let pieces: [Int32]
  /// The word's first characters, 1 to 64; see `StudentVocabulary`.
  public let characters: [Int32]
  /// What the word looks like.
  public let shape: WordShape
}

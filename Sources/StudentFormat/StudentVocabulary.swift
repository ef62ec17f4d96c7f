import Text
import Tokenization

/// What the student sees of a word.
public struct WordFeatures: Sendable, Equatable {
  /// The most pieces of a word that are looked at.
  public static let maximumPieces = 8
  /// The most characters of a word that are looked at.
  public static let maximumCharacters = 64

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

/// Turns words into features: the teacher's pieces, the known characters, and its shape.
///
/// Characters are Unicode scalars. Character 0 stands for every unknown one, character 1 for the whole word `[MASK]`.
public struct StudentVocabulary: Sendable {
  /// The character of all characters that are not in the list.
  public static let unknownCharacter: Int32 = 0
  /// The one character of the word `[MASK]`.
  public static let maskCharacter: Int32 = 1
  /// The number of the first character of the list.
  static let firstCharacter = 2

  /// The known characters; the n-th has the number n + 2.
  public let characters: [Unicode.Scalar]
  /// The words that have a vector, in the order of their rows; nil for a student of pieces.
  public let words: WordList?
  /// The teacher's tokenizer.
  public let tokenizer: WordPieceTokenizer
  private let numbers: [UInt32: Int32]

  /// C, the number of rows of the character table.
  public var characterCount: Int { characters.count + Self.firstCharacter }

  /// Takes a list of characters; of equal ones the first counts.
  ///
  /// - Parameters:
  ///   - characters: The known characters.
  ///   - tokenizer: The teacher's tokenizer.
  ///   - words: The words that have a vector; nil for a student of pieces.
  public init(
    characters: [Unicode.Scalar], tokenizer: WordPieceTokenizer, words: WordList? = nil
  ) {
    self.characters = characters
    self.words = words
    self.tokenizer = tokenizer
    numbers = Dictionary(
      characters.enumerated().map { ($1.value, Int32($0 + Self.firstCharacter)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The features of a word; the empty word has the unknown piece and the unknown character.
  public func features(of word: String) -> WordFeatures {
    guard !tokenizer.isMask(word) else {
      return WordFeatures(
        word: WordFeatures.maskWord, pieces: words == nil ? [tokenizer.maskID] : [],
        characters: [Self.maskCharacter], shape: .other)
    }
    let characters = word.unicodeScalars.prefix(WordFeatures.maximumCharacters).map {
      numbers[$0.value] ?? Self.unknownCharacter
    }
    let pieces =
      words == nil ? tokenizer.pieces(ofWord: word).prefix(WordFeatures.maximumPieces) : []
    return WordFeatures(
      word: words?.place(of: word).map { Int32(truncatingIfNeeded: $0) }
        ?? WordFeatures.unknownWord,
      pieces: Array(pieces),
      characters: characters.isEmpty ? [Self.unknownCharacter] : characters,
      shape: WordShape(of: word))
  }
}

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

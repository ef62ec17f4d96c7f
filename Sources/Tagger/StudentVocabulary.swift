import Text
import Tokenization

/// Turns words into features: the teacher's pieces, characters learnt from the training corpus, and shape.
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

  /// Learns the characters that occur in at least two word types.
  ///
  /// The others train the unknown character.
  ///
  /// - Parameters:
  ///   - words: The training corpus' words, in any order and number.
  ///   - tokenizer: The teacher's tokenizer.
  ///   - list: The words that have a vector; nil for a student of pieces.
  public init(
    learnedFrom words: some Sequence<String>, tokenizer: WordPieceTokenizer,
    list: WordList? = nil
  ) {
    var index = WordIndex()
    var typesWith: [UInt32: Int] = [:]
    for word in words where index.intern(word).isNew && !tokenizer.isMask(word) {
      for value in Set(word.unicodeScalars.map(\.value)) { typesWith[value, default: 0] += 1 }
    }
    // Sorting makes the list independent of the order of words and of the dictionary.
    let values = typesWith.filter { $0.value >= 2 }.keys.sorted()
    self.init(
      characters: values.compactMap { Unicode.Scalar($0) }, tokenizer: tokenizer, words: list)
  }

  /// The features of a word; the empty word has the unknown piece and the unknown character.
  public func features(of word: String) -> WordFeatures {
    guard !tokenizer.isMask(word) else {
      return WordFeatures(
        word: WordFeatures.maskWord, pieces: words == nil ? [tokenizer.maskID] : [],
        characters: [Self.maskCharacter], shape: .other)
    }
    let characters = word.unicodeScalars.prefix(WordFeatures.mostCharacters).map {
      numbers[$0.value] ?? Self.unknownCharacter
    }
    let pieces = words == nil ? tokenizer.pieces(ofWord: word).prefix(WordFeatures.mostPieces) : []
    return WordFeatures(
      word: words?.place(of: word).map { Int32(truncatingIfNeeded: $0) }
        ?? WordFeatures.unknownWord,
      pieces: Array(pieces),
      characters: characters.isEmpty ? [Self.unknownCharacter] : characters,
      shape: WordShape(of: word))
  }
}

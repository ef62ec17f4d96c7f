import StudentFormat
import Text
import Tokenization

extension StudentVocabulary {
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
}

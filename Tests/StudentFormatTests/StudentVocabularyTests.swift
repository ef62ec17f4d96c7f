import StudentFormat
import Testing
import Tokenization

/// What a student sees of a word.
@Suite struct StudentVocabularyTests {
  private static func vocabulary(words: WordList? = nil) throws -> StudentVocabulary {
    let pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "##a"]
    return StudentVocabulary(
      characters: ["A", "a", "A"],
      tokenizer: try WordPieceTokenizer(vocabulary: Vocabulary(pieces: pieces)), words: words)
  }

  @Test func aWordIsItsPiecesCharactersAndShape() throws {
    let vocabulary = try Self.vocabulary()
    #expect(vocabulary.characterCount == 5)
    let word = vocabulary.features(of: "Aab")
    #expect(word.word == WordFeatures.unknownWord && word.pieces == [1])
    #expect(word.characters == [2, 3, 0] && word.shape == .initialCapital)
    #expect(vocabulary.features(of: "aa").pieces == [5, 6])
  }

  @Test func theMaskAndTheEmptyWordHaveFeaturesOfTheirOwn() throws {
    let vocabulary = try Self.vocabulary()
    let mask = vocabulary.features(of: "[MASK]")
    #expect(mask.word == WordFeatures.maskWord && mask.pieces == [4] && mask.shape == .other)
    #expect(mask.characters == [StudentVocabulary.maskCharacter])
    #expect(vocabulary.features(of: "").characters == [StudentVocabulary.unknownCharacter])
    #expect(vocabulary.features(of: "").pieces == [1])
  }

  @Test func ofALongWordTheBeginningCounts() throws {
    let features = try Self.vocabulary().features(of: String(repeating: "a", count: 90))
    #expect(features.pieces.count == WordFeatures.maximumPieces)
    #expect(features.characters.count == WordFeatures.maximumCharacters)
  }

  @Test func aWordWithAVectorIsFoundAsItStandsOrInLowerCase() throws {
    let words = WordList(["us", "US", "in", "us"])
    #expect(words.words == ["us", "US", "in"])
    let vocabulary = try Self.vocabulary(words: words)
    #expect(
      ["US", "us", "Us", "IN", "out"].map { vocabulary.features(of: $0).word } == [
        1, 0, 0, 2, WordFeatures.unknownWord,
      ])
    #expect(vocabulary.features(of: "US").pieces == [])
  }
}

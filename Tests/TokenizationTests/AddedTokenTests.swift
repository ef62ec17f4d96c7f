import Files
import TestSupport
import Testing
import Tokenization

/// Added tokens: found as Hugging Face's `tokenizers` finds them (Tests/References/added_tokens.py).
@Suite struct AddedTokenTests {
  @Test(
    "ids, words and byte ranges of texts with added tokens are Hugging Face's", arguments: 0..<4)
  func golden(setting: Int) throws {
    var (name, settings) = GoldenFiles.settings[setting]
    var vocabulary = try GoldenFiles.vocabulary()
    settings.addedTokens = try tokens()
    let first = vocabulary.count
    let after = settings.addedTokens.filter { $0.id >= first }.sorted { $0.id < $1.id }
    #expect(after.map(\.id) == (0..<after.count).map { Int32(first + $0) })
    vocabulary = try vocabulary.appending(after.map(\.content))
    let tokenizer = try WordPieceTokenizer(vocabulary: vocabulary, settings: settings)
    let lines = try GoldenFiles.records("added-lines.txt", endingWith: 0x1E)
    let expected = try GoldenFiles.records("added-\(name).txt", endingWith: 0x0A)
    #expect(lines.count == 900 && expected.count == 900)
    for (line, want) in zip(lines, expected) {
      let got = GoldenFiles.notation(tokenizer.encode(line))
      #expect(got == want, "\(name), line \(escaped(line))")
    }
  }

  /// The tokens in the order in which they were added.
  private func tokens() throws -> [AddedToken] {
    try GoldenFiles.records("added-tokens.txt", endingWith: 0x0A).map { line in
      let bytes = Array(line.utf8)
      let parts = bytes.split(separator: 0x20, maxSplits: 2)
      try #require(parts.count == 3)
      let id = try #require(Int32(String(decoding: parts[0], as: UTF8.self)))
      return AddedToken(
        content: String(decoding: parts[2], as: UTF8.self), id: id,
        isNormalized: parts[1].elementsEqual("normalized".utf8))
    }
  }

  private static let pieces = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "##b", "<T>",
  ]

  private func ids(_ text: String, _ tokens: [AddedToken], lowercase: Bool = true) throws -> [Int32]
  {
    var settings = TokenizerSettings(lowercase: lowercase)
    settings.addedTokens = tokens
    return try WordPieceTokenizer(
      vocabulary: Vocabulary(pieces: Self.pieces), settings: settings
    ).encode(text).map(\.id)
  }

  @Test func aTokenIsOnePieceWhereverItStands() throws {
    let token = AddedToken(content: "<T>", id: 8, isNormalized: false)
    #expect(try ids("a<T>b", [token]) == [5, 8, 6])
    #expect(try ids("a <T> ab", [token]) == [5, 8, 5, 7])
    #expect(try ids("<t>", [token]) == [1, 1, 1])
  }

  @Test func aNormalizedTokenIsFoundInTheNormalizedText() throws {
    let token = AddedToken(content: "<T>", id: 8, isNormalized: true)
    #expect(try ids("a<t>b<\u{200B}T\u{301}>", [token]) == [5, 8, 6, 8])
    #expect(try ids("<t>", [token], lowercase: false) == [1, 1, 1])
  }

  @Test func aTokenAsItStandsGoesBeforeANormalizedOneThatBeginsEarlier() throws {
    let raw = AddedToken(content: "b<", id: 7, isNormalized: false)
    let normalized = AddedToken(content: "ab", id: 8, isNormalized: true)
    #expect(try ids("ab<", [normalized, raw]) == [5, 7])
  }

  @Test func theMaskIsTheWordOfTheseBytesAlone() throws {
    let pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "<\u{E9}>"]
    let tokenizer = try WordPieceTokenizer(
      vocabulary: Vocabulary(pieces: pieces), settings: TokenizerSettings(maskToken: "<\u{E9}>"))
    #expect(tokenizer.isMask("<\u{E9}>") && tokenizer.isMask("[MASK]"))
    #expect(!tokenizer.isMask("<e\u{301}>"))
  }
}

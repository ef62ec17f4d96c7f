import TestSupport
import Testing
import Tokenization

@Suite("EncodedExample")
struct EncodedExampleTests {
  /// Ids by line: "EU" is 5 + 6, "rejects" 7, "German" 8 + 9 + 10, "." 11.
  private func tokenizer() throws -> WordPieceTokenizer {
    let pieces = [
      "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "e", "##u", "rejects", "ger", "##m", "##an",
      ".",
    ]
    return try WordPieceTokenizer(vocabulary: Vocabulary(pieces: pieces))
  }

  private let words = ["EU", "rejects", "German", "lamb", "."]
  private let labels: [Int32] = [3, 0, 7, 2, 0]

  @Test("a sentence shorter than the length is padded")
  func padded() throws {
    let examples = try tokenizer().examples(words: words, labels: labels, maxLength: 13)
    #expect(examples.map(\.inputIDs) == [[2, 5, 6, 7, 8, 9, 10, 1, 11, 3, 0, 0, 0]])
    #expect(examples.map(\.attentionMask) == [[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0]])
    #expect(
      examples.map(\.labels)
        == [[-100, 3, -100, 0, 7, -100, -100, 2, 0, -100, -100, -100, -100]])
  }

  @Test("a sentence that just fits is not padded")
  func fitting() throws {
    let examples = try tokenizer().examples(words: words, labels: labels, maxLength: 10)
    #expect(examples.map(\.inputIDs) == [[2, 5, 6, 7, 8, 9, 10, 1, 11, 3]])
  }

  @Test("the pieces of a word have its type, in all windows; special pieces and padding 0")
  func types() throws {
    let types: [Int32] = [1, 5, 3, 5, 2]
    let whole = try tokenizer().examples(words: words, labels: labels, types: types, maxLength: 12)
    #expect(whole.map(\.tokenTypeIDs) == [[0, 1, 1, 5, 3, 3, 3, 5, 2, 0, 0, 0]])
    let cut = try tokenizer().examples(words: words, labels: labels, types: types, maxLength: 6)
    #expect(
      cut.map(\.tokenTypeIDs) == [[0, 1, 1, 5, 3, 0], [0, 5, 3, 3, 3, 0], [0, 3, 3, 5, 2, 0]])
    let plain = try tokenizer().examples(words: words, labels: labels, maxLength: 6)
    #expect(plain.allSatisfy { $0.tokenTypeIDs == [0, 0, 0, 0, 0, 0] })
  }

  @Test("a sentence of no words is [CLS] [SEP]")
  func empty() throws {
    let examples = try tokenizer().examples(words: [], labels: [], maxLength: 4)
    #expect(examples.map(\.inputIDs) == [[2, 3, 0, 0]])
    #expect(examples.map(\.labels) == [[-100, -100, -100, -100]])
  }

  @Test("a pair of texts is padded and has one label")
  func pair() throws {
    let tokenizer = try tokenizer()
    let pair = tokenizer.encode(words: ["EU"], second: ["lamb", "."], maxLength: 9)
    let example = EncodedExample(pair, label: 4, maxLength: 9, padID: tokenizer.padID)
    #expect(example.inputIDs == [2, 5, 6, 3, 1, 11, 3, 0, 0])
    #expect(example.attentionMask == [1, 1, 1, 1, 1, 1, 1, 0, 0])
    #expect(example.tokenTypeIDs == [0, 0, 0, 0, 1, 1, 1, 0, 0])
    #expect(example.labels == [4])
  }

  @Test("a longer sentence is in windows, and each word has its label in one")
  func windows() throws {
    let examples = try tokenizer().examples(words: words, labels: labels, maxLength: 6)
    #expect(
      examples.map(\.inputIDs)
        == [[2, 5, 6, 7, 8, 3], [2, 7, 8, 9, 10, 3], [2, 9, 10, 1, 11, 3]])
    #expect(examples.allSatisfy { $0.attentionMask == [1, 1, 1, 1, 1, 1] })
    #expect(
      examples.map(\.labels)
        == [
          [-100, 3, -100, 0, -100, -100], [-100, -100, 7, -100, -100, -100],
          [-100, -100, -100, 2, 0, -100],
        ])
  }
}

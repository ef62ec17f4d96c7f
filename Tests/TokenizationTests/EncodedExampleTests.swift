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
    let example = try tokenizer().example(words: words, labels: labels, maxLength: 13)
    #expect(example.inputIDs == [2, 5, 6, 7, 8, 9, 10, 1, 11, 3, 0, 0, 0])
    #expect(example.attentionMask == [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0])
    #expect(
      example.labels == [-100, 3, -100, 0, 7, -100, -100, 2, 0, -100, -100, -100, -100])
    #expect(example.cutWords == 0)
  }

  @Test("a sentence that just fits is neither padded nor cut")
  func fitting() throws {
    let example = try tokenizer().example(words: words, labels: labels, maxLength: 10)
    #expect(example.inputIDs == [2, 5, 6, 7, 8, 9, 10, 1, 11, 3])
    #expect(example.cutWords == 0)
  }

  @Test("a cut keeps [CLS] and [SEP] and counts the words that lost their label")
  func cut() throws {
    let example = try tokenizer().example(words: words, labels: labels, maxLength: 6)
    #expect(example.inputIDs == [2, 5, 6, 7, 8, 3])
    #expect(example.attentionMask == [1, 1, 1, 1, 1, 1])
    #expect(example.labels == [-100, 3, -100, 0, 7, -100])
    #expect(example.cutWords == 2)
    let shortest = try tokenizer().example(words: words, labels: labels, maxLength: 2)
    #expect(shortest.inputIDs == [2, 3])
    #expect(shortest.labels == [-100, -100])
    #expect(shortest.cutWords == 5)
  }
}

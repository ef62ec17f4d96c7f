import TestSupport
import Testing
import Tokenization

/// Texts and pairs of texts within a length, against transformers (Tests/References/text_pairs.py).
@Suite("SequenceEncoding")
struct SequenceEncodingTests {
  private static let words = [
    "EU", "rejects", "boycotting", "x-y", "1,234.56", "lamb", ".", "café", "中文", "qqqqzzzz",
    "Peter",
    "antidisestablished",
  ]

  /// The words of the first (0) or second (1) text of a line of the fixture.
  private static func words(line: Int, text: Int, count: Int) -> [String] {
    (0..<count).map { words[($0 * $0 + (2 * text + 3) * $0 + line) % words.count] }
  }

  /// BERT's tokenizer or MPNet's, whose special pieces come after those of the vocabulary.
  private static func tokenizer(_ name: String) throws -> WordPieceTokenizer {
    guard name == "mpnet" else { return try GoldenFiles.tokenizer() }
    return try WordPieceTokenizer(
      vocabulary: GoldenFiles.vocabulary().appending(["<s>", "</s>", "<pad>", "<mask>"]),
      settings: TokenizerSettings(
        clsToken: "<s>", sepToken: "</s>", padToken: "<pad>", maskToken: "<mask>",
        separatorsInPair: 2))
  }

  @Test(
    "texts and pairs of any length are cut as transformers cuts them", arguments: ["bert", "mpnet"])
  func golden(_ name: String) throws {
    let tokenizer = try Self.tokenizer(name)
    let lines = try GoldenFiles.records("text-pairs.txt", endingWith: 0x0A)
      .map { $0.split(separator: " ") }.filter { $0[0] == name }
    #expect(lines.count == 360)
    for (number, fields) in lines.enumerated() {
      let counts = fields[2...3].compactMap { Int($0) }
      let texts = counts.enumerated().map { Self.words(line: number, text: $0, count: $1) }
      let encoding = tokenizer.encode(
        words: texts[0], second: texts.count > 1 ? texts[1] : nil,
        maxLength: try #require(Int(fields[1])))
      let found = [
        "\(encoding.ids.count)", "\(crc(encoding.ids))", "\(crc(encoding.types))",
        "\(encoding.cutCount)",
      ]
      // MPNet has no token types; transformers gives it zeros.
      let expected = fields[4...].map(String.init)
      let compared = name == "bert" ? [0, 1, 2, 3] : [0, 1, 3]
      #expect(compared.map { found[$0] } == compared.map { expected[$0] }, "line \(number)")
    }
  }

  @Test("one text has type 0, the second text and its separator type 1")
  func types() throws {
    let tokenizer = try GoldenFiles.tokenizer()
    let text = tokenizer.encode(words: ["EU"], maxLength: 6)
    #expect(text.types == [0, 0, 0] && text.cutCount == 0)
    let pair = tokenizer.encode(words: ["EU"], second: ["lamb", "."], maxLength: 512)
    #expect(pair.types == [0, 0, 0, 1, 1, 1])
    #expect(pair.ids[2] == tokenizer.sepID && pair.ids[5] == tokenizer.sepID)
  }

  @Test("empty texts leave the special pieces")
  func empty() throws {
    let tokenizer = try GoldenFiles.tokenizer()
    let (cls, sep) = (tokenizer.clsID, tokenizer.sepID)
    #expect(tokenizer.encode(words: [], maxLength: 6).ids == [cls, sep])
    #expect(tokenizer.encode(words: [], second: [], maxLength: 6).ids == [cls, sep, sep])
  }

  private func crc(_ numbers: [Int32]) -> UInt32 {
    var check = CyclicRedundancyCheck()
    check.add(numbers.map(String.init).joined(separator: " "))
    return check.value
  }
}

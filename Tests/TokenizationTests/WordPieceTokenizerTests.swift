import Files
import TestSupport
import Testing
import Tokenization

@Suite("WordPieceTokenizer")
struct WordPieceTokenizerTests {
  @Test("ids, words and byte ranges of nasty lines are Hugging Face's", arguments: 0..<4)
  func golden(setting: Int) throws {
    let (name, settings) = GoldenFiles.settings[setting]
    let tokenizer = try GoldenFiles.tokenizer(settings)
    let lines = try GoldenFiles.lines()
    let expected = try GoldenFiles.records("\(name).txt", endingWith: 0x0A)
    #expect(lines.count == 6748)
    #expect(lines.count == expected.count)
    for (line, want) in zip(lines, expected) {
      let got = GoldenFiles.notation(tokenizer.encode(line))
      #expect(got == want, "\(name), line \(escaped(line))")
    }
  }

  @Test("all scalars are cleaned, split, lowercased and stripped as Hugging Face does")
  func allScalars() throws {
    let tokenizers = try GoldenFiles.settings.map { try GoldenFiles.tokenizer($0.settings) }
    let rows = try GoldenFiles.records("scalars.txt", endingWith: 0x0A)
    #expect(rows.first == GoldenFiles.settings.map(\.name).joined(separator: " "))
    #expect(rows.count == 1 + 0x110000 / 4096)
    for (chunk, row) in rows.dropFirst().enumerated() {
      let expected = row.split(separator: " ").map { UInt32($0, radix: 16) }
      let first = UInt32(chunk) * 4096
      for (tokenizer, want) in zip(tokenizers, expected) {
        let got = checksum(of: first..<first + 4096, by: tokenizer)
        #expect(got == want, "scalars \(first)..., \(tokenizer.settings)")
      }
    }
  }

  /// The CRC-32 of the words and ranges that the scalars give between "a" and "b".
  private func checksum(of scalars: Range<UInt32>, by tokenizer: WordPieceTokenizer) -> UInt32 {
    var checksum = CyclicRedundancyCheck()
    for scalar in scalars.lazy.compactMap({ Unicode.Scalar($0) }) {
      for token in tokenizer.basicTokens(of: "a\(String(scalar))b") {
        let range = token.byteRange
        checksum.add("\(token.text)\t\(range.lowerBound)\t\(range.upperBound)\n")
      }
    }
    return checksum.value
  }

  @Test(
    "pieces of the research corpora are Hugging Face's",
    .enabled(if: sharedFolder != nil, "../shared/data is not there"), arguments: [0, 1])
  func corpora(setting: Int) throws {
    let folder = try #require(sharedFolder)
    let tokenizer = try GoldenFiles.tokenizer(GoldenFiles.settings[setting].settings)
    for row in try GoldenFiles.records("corpora.txt", endingWith: 0x0A) {
      let fields = row.split(separator: " ")
      let file = try MappedFile(path: "\(folder)/data/\(fields[0])")
      let lines = file.bytes.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
      var checksum = CyclicRedundancyCheck()
      for line in lines {
        let pieces = line.withContiguousStorageIfAvailable { tokenizer.encode($0) }
        checksum.add(GoldenFiles.notation(try #require(pieces)) + "\n")
      }
      #expect(checksum.value == UInt32(fields[1 + setting], radix: 16), "\(fields[0])")
    }
  }

  @Test("a piece's bytes, normalized again, are the piece", arguments: 0..<4)
  func byteRanges(setting: Int) throws {
    let (name, settings) = GoldenFiles.settings[setting]
    let tokenizer = try GoldenFiles.tokenizer(settings)
    var checked = 0
    for line in try GoldenFiles.lines() {
      // Marks may change places; a Hangul syllable and a dotted capital I become several pieces with
      // the same bytes.
      guard !line.unicodeScalars.contains("\u{130}") else { continue }
      let isPlain = line.unicodeScalars.allSatisfy {
        $0.properties.canonicalCombiningClass == .notReordered && !(0xAC00...0xD7A3 ~= $0.value)
      }
      guard isPlain || !settings.removesAccents else { continue }
      let bytes = Array(line.utf8)
      for piece in tokenizer.encode(line) where piece.id != tokenizer.unknownID {
        let source = String(decoding: bytes[piece.byteRange], as: UTF8.self)
        let text = try #require(tokenizer.vocabulary.piece(piece.id)).utf8
        let bare = text.count > 2 && text.starts(with: "##".utf8) ? text.dropFirst(2) : text[...]
        let again = tokenizer.basicTokens(of: source).map { Array($0.text.utf8) }
        if again != [Array(bare)] {
          Issue.record("\(name): \(escaped(source)) in \(escaped(line)) is not piece \(piece.id)")
        }
        checked += 1
      }
    }
    #expect(checked > 15_000)
  }

  @Test("words keep their numbers, and special tokens in the text are words")
  func words() throws {
    let tokenizer = try GoldenFiles.tokenizer()
    let text = "Peter's x[MASK]y[mask] \u{200B} \u{4E2D}\u{56FD}"
    let pieces = tokenizer.encode(text)
    let tokens = tokenizer.basicTokens(of: text)
    #expect(
      tokens.map(\.text) == [
        "peter", "'", "s", "x", "[MASK]", "y", "[", "mask", "]", "\u{4E2D}", "\u{56FD}",
      ])
    for piece in pieces {
      let word = tokens[Int(piece.word)].byteRange
      #expect(word.lowerBound <= piece.byteRange.lowerBound)
      #expect(piece.byteRange.upperBound <= word.upperBound)
    }
    #expect(Set(pieces.map(\.word)) == Set(0..<11))
    #expect(pieces.filter { $0.id == tokenizer.maskID }.map(\.byteRange) == [9..<15])
  }

  @Test("bytes that are not UTF-8 are dropped, wherever the text ends")
  func invalidBytes() throws {
    let tokenizer = try GoldenFiles.tokenizer()
    let the = try #require(tokenizer.vocabulary.id(of: "the"))
    for bad: [UInt8] in [
      [0x80], [0xC3], [0xE4, 0xB8], [0xF0, 0x9F, 0x98], [0xFF], [0xED, 0xA0, 0x80], [0xC0, 0x80],
      [0xF4, 0x90, 0x80, 0x80], [0xE0, 0x80, 0x80], [0xF0, 0x80, 0x80, 0x80],
    ] {
      let inside = Array("t".utf8) + bad + Array("he".utf8)
      let whole = Piece(id: the, word: 0, start: 0, end: Int32(inside.count))
      #expect(inside.withUnsafeBufferPointer { tokenizer.encode($0) } == [whole])
      let behind = Array("the".utf8) + bad
      let first = Piece(id: the, word: 0, start: 0, end: 3)
      #expect(behind.withUnsafeBufferPointer { tokenizer.encode($0) } == [first])
    }
  }

  @Test("a word of 100 scalars is spelled, one of 101 is unknown")
  func longestWord() throws {
    let tokenizer = try GoldenFiles.tokenizer()
    let word = String(repeating: "q", count: 100)
    #expect(tokenizer.pieces(ofWord: word).count == 100)
    #expect(tokenizer.pieces(ofWord: word + "q") == [tokenizer.unknownID])
    let short = try GoldenFiles.tokenizer(TokenizerSettings(maxInputCharsPerWord: 3))
    #expect(short.pieces(ofWord: "\u{E9}\u{E9}\u{E9}\u{E9}") == [short.unknownID])
    #expect(short.pieces(ofWord: "qqq").count == 3)
  }

  @Test("ideographs stay together where the settings say so")
  func ideographs() throws {
    let together = try GoldenFiles.tokenizer(TokenizerSettings(splitChinese: false))
    let apart = try GoldenFiles.tokenizer()
    let text = "a\u{4E2D}\u{56FD}b"
    #expect(together.basicTokens(of: text).map(\.text) == [text])
    #expect(apart.basicTokens(of: text).map(\.text) == ["a", "\u{4E2D}", "\u{56FD}", "b"])
  }

  @Test("a special token with a name of its own is found, even if it begins with a letter")
  func namedSpecialTokens() throws {
    let vocabulary = try Vocabulary(pieces: ["UNK", "<s>", "</s>", "PADDING", "<mask>", "un", "p"])
    let settings = TokenizerSettings(
      unknownToken: "UNK", clsToken: "<s>", sepToken: "</s>", padToken: "PADDING",
      maskToken: "<mask>")
    let tokenizer = try WordPieceTokenizer(vocabulary: vocabulary, settings: settings)
    // "p" twice over: the second is the capital that follows the special token.
    #expect(tokenizer.encode("UN pUNKP<mask>un").map(\.id) == [5, 6, 0, 6, 4, 5])
  }

  @Test("a missing special token is an error with a remedy")
  func missingSpecialToken() throws {
    let vocabulary = try Vocabulary(
      pieces: ["[UNK]", "[CLS]", "[SEP]", "[PAD]", "the"], file: "some/vocab.txt")
    let error = try #require(throws: DataError.self) {
      try WordPieceTokenizer(vocabulary: vocabulary)
    }
    #expect(
      error.description
        == "some/vocab.txt: no piece [MASK]; expected the special tokens of a BERT vocabulary; "
        + "where it has another name, set mask_token in tokenizer_config.json")
  }
}

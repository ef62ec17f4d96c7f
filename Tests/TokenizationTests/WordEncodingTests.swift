import TestSupport
import Testing
import Tokenization

@Suite("WordEncoding")
struct WordEncodingTests {
  @Test("words give the pieces that Hugging Face gives with is_split_into_words")
  func golden() throws {
    let tokenizer = try GoldenFiles.tokenizer()
    let lines = try GoldenFiles.lines().prefix(2000).map { Array($0.unicodeScalars) }
    let sentences = lines.filter { $0.contains(" ") }.map { line in
      line.split(separator: " ", omittingEmptySubsequences: false).map { part in
        String(String.UnicodeScalarView(part))
      }
    }
    let expected = try GoldenFiles.records("words.txt", endingWith: 0x0A)
    #expect(sentences.count == expected.count)
    for (words, want) in zip(sentences, expected) {
      let encoding = tokenizer.encode(words: words)
      let got = words.indices.map { notation(of: $0, in: encoding, words, tokenizer) }
      #expect(got.joined(separator: "|") == want, "\(words.map(escaped))")
    }
  }

  /// The pieces of one word; none where it is only there so that the word has a piece at all.
  private func notation(
    of word: Int, in encoding: WordEncoding, _ words: [String], _ tokenizer: WordPieceTokenizer
  ) -> String {
    if tokenizer.encode(words[word]).isEmpty { return "" }
    let pieces = encoding.ids.indices.filter { encoding.wordOfPiece[$0] == Int32(word) }
    return GoldenFiles.notation(
      pieces.map {
        let range = encoding.byteRanges[$0]
        return Piece(
          id: encoding.ids[$0], word: 0, start: range.lowerBound, end: range.upperBound)
      })
  }

  @Test("of a word that is too long the beginning is read, up to a whole character")
  func longWords() throws {
    let tokenizer = try GoldenFiles.tokenizer()
    let long = String(repeating: "é.", count: WordPieceTokenizer.longestWord)
    let encoding = tokenizer.encode(words: [long, "a"])
    let read = encoding.wordOfPiece.count { $0 == 0 }
    #expect(read == 2 * (WordPieceTokenizer.longestWord / 3))
    let last = encoding.byteRanges[Int(encoding.firstPiece[1]) - 1]
    #expect(last.upperBound == WordPieceTokenizer.longestWord - 1)
    #expect(tokenizer.pieces(ofWord: long).count == read)
    let whole = String(repeating: "a.", count: WordPieceTokenizer.longestWord / 2)
    #expect(tokenizer.pieces(ofWord: whole).count == WordPieceTokenizer.longestWord)
  }

  @Test("every word has a first piece, every piece a word and its bytes")
  func alignment() throws {
    let tokenizer = try GoldenFiles.tokenizer()
    let words = ["Peter", "boycotting", "x-y", "[MASK]", "\u{200B}", "caf\u{E9}s", "."]
    let encoding = tokenizer.encode(words: words)
    #expect(encoding.wordCount == words.count)
    #expect(encoding.ids.first == tokenizer.clsID)
    #expect(encoding.ids.last == tokenizer.sepID)
    #expect(encoding.wordOfPiece.first == -1)
    #expect(encoding.wordOfPiece.last == -1)
    #expect(encoding.wordOfPiece.count == encoding.ids.count)
    #expect(encoding.byteRanges.count == encoding.ids.count)

    var next = 1
    for (number, word) in words.enumerated() {
      let ids = tokenizer.pieces(ofWord: word)
      #expect(encoding.firstPiece[number] == Int32(next))
      #expect(Array(encoding.ids[next..<next + ids.count]) == ids)
      #expect(encoding.wordOfPiece[next..<next + ids.count].allSatisfy { $0 == Int32(number) })
      next += ids.count
    }
    #expect(next == encoding.ids.count - 1)
    #expect(tokenizer.pieces(ofWord: "[MASK]") == [tokenizer.maskID])
    #expect(tokenizer.pieces(ofWord: "\u{200B}") == [tokenizer.unknownID])
    #expect(tokenizer.pieces(ofWord: "") == [tokenizer.unknownID])
    let invisible = Int(encoding.firstPiece[4])
    #expect(encoding.byteRanges[invisible] == 0..<3)
    let boycott = Int(encoding.firstPiece[1])
    #expect(encoding.byteRanges[boycott...boycott + 1] == [0..<7, 7..<10])
  }

  @Test("no words give the two special pieces")
  func empty() throws {
    let tokenizer = try GoldenFiles.tokenizer()
    let encoding = tokenizer.encode(words: [])
    #expect(encoding.ids == [tokenizer.clsID, tokenizer.sepID])
    #expect(encoding.firstPiece.isEmpty)
  }
}

import Runtime
import TestSupport
import Testing
import Text

/// Sentence and word splitting: our own golden sentences, random bytes, and the corpora where they are at hand.
@Suite struct TextSplitterTests {
  /// The words of each sentence with a space between them.
  private static func split(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    return TextSplitter.sentences(in: text).map { sentence in
      sentence.words.map { String(decoding: bytes[$0], as: UTF8.self) }.joined(separator: " ")
    }
  }

  /// splitting.txt: a text after "> ", then a line for each of its sentences.
  @Test func goldenSentences() throws {
    let file = String(
      decoding: try content(of: fixture("TextTests/Fixtures/splitting.txt")), as: UTF8.self)
    var cases: [(text: String, sentences: [String])] = []
    for line in file.split(separator: "\n") where !line.hasPrefix("#") {
      if line.hasPrefix("> ") {
        cases.append((String(line.dropFirst(2)), []))
      } else {
        cases[cases.count - 1].sentences.append(String(line))
      }
    }
    #expect(cases.count >= 40)
    for (text, sentences) in cases { #expect(Self.split(text) == sentences) }
  }

  @Test func lineBreaksEndSentencesAndOffsetsCountBytes() {
    let text = "\n Ünï\r\n\nb 北京\u{2028}c"
    let words = TextSplitter.sentences(in: text).map(\.words)
    #expect(words == [[2..<7], [10..<11, 12..<15, 15..<18, 21..<22]])
    #expect(TextSplitter.words(in: text) == ["Ünï", "b", "北", "京", "c"])
    #expect(TextSplitter.words(in: "").isEmpty)
    #expect(TextSplitter.sentences(in: "") == [])
    #expect(TextSplitter.sentences(in: " \t\n\u{3000}") == [])
  }

  /// Words are in order, do not overlap, and leave nothing but white space outside.
  private static func check(_ bytes: [UInt8], validUTF8: Bool) {
    bytes.withUnsafeBufferPointer { text in
      var end = 0
      func isSpace(_ range: Range<Int>) -> Bool {
        String(decoding: text[range], as: UTF8.self).unicodeScalars.allSatisfy {
          $0.properties.isWhitespace
        }
      }
      for sentence in TextSplitter.sentences(in: text) {
        #expect(!sentence.words.isEmpty)
        for word in sentence.words {
          #expect(!word.isEmpty && word.lowerBound >= end && word.upperBound <= text.count)
          #expect(isSpace(end..<word.lowerBound))
          end = word.upperBound
          let string = String(decoding: text[word], as: UTF8.self)
          #expect(!string.unicodeScalars.contains { $0.properties.isWhitespace })
          if validUTF8 { #expect(Array(string.utf8) == Array(text[word])) }
        }
      }
      #expect(isSpace(end..<text.count))
    }
  }

  @Test func randomUnicodeLosesNothing() {
    let parts = [
      "'", "’", "n't", "'s", ".", "..", "?!", "-", "--", "U.S.", "Mr.", "http://", "www.", "a@b.c",
      "/", "$", "US", "1", "99", ",", ":", "+", "\u{200D}", "\u{301}", "\u{FE0F}", "👩", "🇩", "北",
      "\u{1F3FD}", "。", " ", "\n", "\r", "\t", "\u{A0}", "\u{85}", "\u{2028}", "\u{3000}", "\0",
      "\u{200B}", "\"", "(", ")", "<3", ":)", "Éa", "x", "No.", "et", "\u{FEFF}", "ß", "e.g", "&",
    ]
    for round in 0..<2000 {
      var random = RandomStream(seed: 11, purpose: .testing, index: UInt64(round))
      var text = ""
      for _ in 0..<random.integer(below: 24) {
        if random.integer(below: 3) > 0 {
          text += parts[random.integer(below: parts.count)]
        } else if let scalar = Unicode.Scalar(
          UInt32(random.integer(below: random.integer(below: 2) == 0 ? 0x3000 : 0x110000)))
        {
          text.unicodeScalars.append(scalar)
        }
      }
      Self.check(Array(text.utf8), validUTF8: true)
    }
  }

  @Test func randomBytesLoseNothing() {
    for round in 0..<1000 {
      var random = RandomStream(seed: 12, purpose: .testing, index: UInt64(round))
      let bytes = (0..<random.integer(below: 40)).map { _ in
        let isAny = random.integer(below: 2) == 0
        return UInt8(isAny ? random.integer(below: 256) : 0x20 + random.integer(below: 96))
      }
      Self.check(bytes, validUTF8: false)
    }
  }

  @Test func aWordOfAMegabyteIsOneWord() {
    let text = String(repeating: "a-", count: 1 << 19) + "a"
    #expect(TextSplitter.sentences(in: text).map(\.words) == [[0..<1 << 20 + 1]])
    #expect(TextSplitter.sentences(in: String(repeating: ".a", count: 1 << 18)).count == 1)
  }
}

import Testing
import Tokenization

@Suite struct EncodingWindowTests {
  /// An encoding whose words have the given numbers of pieces.
  private func encoding(_ pieceCounts: [Int]) throws -> WordEncoding {
    let pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "##a"]
    let tokenizer = try WordPieceTokenizer(vocabulary: Vocabulary(pieces: pieces))
    return tokenizer.encode(words: pieceCounts.map { String(repeating: "a", count: $0) })
  }

  /// The pieces around `piece` in a window; the sentence's own ends cost nothing.
  private func context(_ piece: Int, _ window: Range<Int>, of last: Int) -> Int {
    guard window.contains(piece) else { return -1 }
    let left = window.lowerBound == 1 ? Int.max : piece - window.lowerBound
    let right = window.upperBound == last ? Int.max : window.upperBound - 1 - piece
    return min(left, right)
  }

  @Test func aSentenceThatFitsIsOneWindow() throws {
    let short = try encoding([1, 3, 1])
    #expect(short.windows(maxLength: 7).map(\.pieces) == [1..<6])
    #expect(short.windows(maxLength: 7).map(\.words) == [0..<3])
    #expect(try encoding([]).windows(maxLength: 3).map(\.pieces) == [1..<1])
    #expect(short.windows(maxLength: 6).count > 1)
  }

  @Test func everyWordIsAnsweredOnceWhereItHasMostContext() throws {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<300 {
      let counts = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
        Int.random(in: 1...(Bool.random(using: &generator) ? 2 : 15), using: &generator)
      }
      let maxLength = Int.random(in: 3...30, using: &generator)
      let encoding = try encoding(counts)
      let last = encoding.ids.count - 1
      let windows = encoding.windows(maxLength: maxLength)
      #expect(windows.flatMap { Array($0.words) } == Array(counts.indices))
      #expect(windows.first?.pieces.lowerBound == 1 && windows.last?.pieces.upperBound == last)
      for window in windows {
        #expect(window.pieces.count <= maxLength - 2)
        for word in window.words {
          let piece = Int(encoding.firstPiece[word])
          let best = windows.map { context(piece, $0.pieces, of: last) }.max()
          #expect(context(piece, window.pieces, of: last) == best)
          #expect(context(piece, window.pieces, of: last) >= (maxLength - 2) / 4 - 1)
        }
      }
      for (window, next) in zip(windows, windows.dropFirst()) {
        #expect(next.pieces.lowerBound > window.pieces.lowerBound)
        #expect(next.pieces.lowerBound <= window.pieces.upperBound)
      }
    }
  }
}

/// A sentence of words as the ids of its pieces, with every piece's word and every word's first piece.
public struct WordEncoding: Sendable, Equatable {
  /// The ids of N pieces, `[CLS]` first and `[SEP]` last.
  public var ids: [Int32]
  /// The word of each piece, from 0, length N; -1 for `[CLS]` and `[SEP]`.
  public var wordOfPiece: [Int32]
  /// The UTF-8 bytes of its word that each piece covers, length N; empty for `[CLS]` and `[SEP]`.
  public var byteRanges: [Range<Int32>]
  /// The index in `ids` of each word's first piece, one a word.
  public var firstPiece: [Int32]

  /// The number of words.
  public var wordCount: Int { firstPiece.count }
}

extension WordPieceTokenizer {
  /// Encodes a sentence that is cut into words, as Hugging Face does with `is_split_into_words`.
  ///
  /// A word may give several pieces. One that cleaning empties gives `[UNK]` over all its bytes, so that
  /// every word has a first piece (Hugging Face gives it none). Of a word longer than `longestWord` the beginning counts.
  public func encode(words: [String]) -> WordEncoding {
    var encoding = WordEncoding(
      ids: [clsID], wordOfPiece: [-1], byteRanges: [0..<0], firstPiece: [])
    let expected = 2 * words.count + 2
    encoding.ids.reserveCapacity(expected)
    encoding.wordOfPiece.reserveCapacity(expected)
    encoding.byteRanges.reserveCapacity(expected)
    encoding.firstPiece.reserveCapacity(words.count)

    var scanner = makeScanner()
    defer { release(scanner) }
    for (number, word) in words.enumerated() {
      scanner.sink.pieces.removeAll(keepingCapacity: true)
      withUTF8(of: word) { scanner.scan(WordPieceTokenizer.read($0)) }
      if scanner.sink.pieces.isEmpty {
        let whole = Piece(id: unknownID, word: 0, start: 0, end: Int32(word.utf8.count))
        scanner.sink.pieces.append(whole)
      }
      encoding.firstPiece.append(Int32(encoding.ids.count))
      for piece in scanner.sink.pieces {
        encoding.ids.append(piece.id)
        encoding.wordOfPiece.append(Int32(number))
        encoding.byteRanges.append(piece.start..<piece.end)
      }
    }
    encoding.ids.append(sepID)
    encoding.wordOfPiece.append(-1)
    encoding.byteRanges.append(0..<0)
    return encoding
  }
}

/// Cuts words into the longest pieces that the vocabulary has, from left to right.
///
/// A word that cannot be spelled to its end, or is longer than the limit, becomes one unknown piece.
struct WordPieceSink: WordSink {
  var pieces: [Piece] = []
  /// The number of words so far.
  var wordCount: Int32 = 0

  private let vocabulary: VocabularyStorage
  private let unknownID: Int32
  private let longestWord: Int
  /// The hashes of the prefixes of what is left of a word.
  private let hashes: UnsafeMutablePointer<UInt64>

  init(vocabulary: VocabularyStorage, unknownID: Int32, longestWord: Int) {
    self.vocabulary = vocabulary
    self.unknownID = unknownID
    self.longestWord = longestWord
    let longest = max(vocabulary.starts.longest, vocabulary.continuations.longest)
    hashes = .allocate(capacity: longest + 1)
  }

  func deallocate() { hashes.deallocate() }

  mutating func add(special id: Int32, from source: SourceRange) {
    pieces.append(Piece(id: id, word: wordCount, start: source.start, end: source.end))
    wordCount &+= 1
  }

  mutating func add(word: WordBuffer) {
    if word.scalarCount > longestWord || !spell(word) {
      pieces.append(
        Piece(
          id: unknownID, word: wordCount, start: word.sourceStart(0),
          end: word.sourceEnd(word.count)))
    }
    wordCount &+= 1
  }

  /// Appends the pieces of a word; false, and nothing appended, where the vocabulary cannot spell it.
  @inline(__always)
  private mutating func spell(_ word: WordBuffer) -> Bool {
    let before = pieces.count
    var start = 0
    var table = vocabulary.starts
    while start < word.count {
      let (id, length) = longestPiece(word, from: start, in: table)
      guard id >= 0 else {
        pieces.removeSubrange(before...)
        return false
      }
      pieces.append(
        Piece(
          id: id, word: wordCount, start: word.sourceStart(start),
          end: word.sourceEnd(start &+ length)))
      start &+= length
      table = vocabulary.continuations
    }
    return true
  }

  /// The longest piece at a place in the word, and its length in bytes; a negative id if there is none.
  @inline(__always)
  private func longestPiece(
    _ word: WordBuffer, from start: Int, in table: PieceTable
  ) -> (id: Int32, length: Int) {
    let rest = word.bytes + start
    let count = word.count &- start
    var length = min(count, table.longest)
    var hash = PieceTable.emptyHash
    for i in 0..<length {
      hash = PieceTable.hash(hash, adding: rest[i])
      hashes[i] = hash
    }
    while length > 0 {
      // A piece ends where a scalar ends.
      if length == count || rest[length] & 0xC0 != 0x80 {
        let id = table.find(
          rest, count: length, hash: hashes[length &- 1], arena: vocabulary.arena)
        if id >= 0 { return (id, length) }
      }
      length &-= 1
    }
    return (-1, 0)
  }
}

/// A stretch of an encoded sentence that a model reads at one time, with the words that it answers for.
///
/// A sentence that is longer than the model's input is read in overlapping windows; each word is answered from the one
/// window where it has most context.
public struct EncodingWindow: Sendable, Equatable {
  /// The pieces read between `[CLS]` and `[SEP]`, as indices into the encoding's `ids`.
  public let pieces: Range<Int>
  /// The words answered for: those whose first piece has more context here than in any other window.
  public let words: Range<Int>
}

extension WordEncoding {
  /// The shortest length that a sentence can be read in: `[CLS]`, one piece, `[SEP]`.
  public static let shortestWindow = 3

  /// Cuts the sentence into windows of at most `maxLength` pieces, special ones included.
  ///
  /// A sentence that fits is one window. Else C = maxLength - 2 pieces are read at a time, and windows begin at even
  /// distances of at most C / 2, so that all but the sentence's ends are read twice. A piece's context in a window is
  /// the smaller of the pieces to its left and to its right; where the window ends with the sentence, nothing is
  /// missing on that side. Equal context goes to the earlier window.
  ///
  /// - Parameter maxLength: The length of a model's input, at least `shortestWindow`.
  /// - Returns: Windows whose words, one window after another, are the words of the sentence in order. A window may
  ///   answer for no word, where a word has very many pieces.
  public func windows(maxLength: Int) -> [EncodingWindow] {
    precondition(maxLength >= Self.shortestWindow, "a length of \(maxLength), at least 3")
    let count = ids.count - 2
    let capacity = maxLength - 2
    guard count > capacity else {
      return [EncodingWindow(pieces: 1..<count + 1, words: 0..<wordCount)]
    }
    let starts = Self.starts(of: count, capacity: capacity)
    var windows: [EncodingWindow] = []
    var word = 0
    for (number, start) in starts.enumerated() {
      let first = word
      while word < wordCount {
        let piece = Int(firstPiece[word]) - 1
        if number + 1 < starts.count {
          let here = Self.context(of: piece, from: start, capacity: capacity, count: count)
          let next = Self.context(
            of: piece, from: starts[number + 1], capacity: capacity, count: count)
          if here < max(next, 0) { break }
        }
        word += 1
      }
      windows.append(
        EncodingWindow(pieces: start + 1..<start + capacity + 1, words: first..<word))
    }
    return windows
  }

  /// Where windows of `capacity` begin over `count` > `capacity` pieces: at 0, at count - capacity, and evenly between.
  private static func starts(of count: Int, capacity: Int) -> [Int] {
    let distance = max(capacity / 2, 1)
    let steps = (count - capacity + distance - 1) / distance
    return (0...steps).map { ($0 * (count - capacity) + steps / 2) / steps }
  }

  /// The context of a piece in the window that begins at `start`; -1 where the window does not hold it.
  private static func context(of piece: Int, from start: Int, capacity: Int, count: Int) -> Int {
    let end = start + capacity
    guard piece >= start, piece < end else { return -1 }
    return min(start == 0 ? .max : piece - start, end == count ? .max : end - 1 - piece)
  }
}

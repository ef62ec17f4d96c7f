/// Overlapping windows over a sentence so long that reading it at once would take too much memory.
///
/// Each window but the first keeps its words from `margin` on, each but the last those up to `margin` before its end: a
/// word is taken from a window that shows at least so many words on either side, far more than an LSTM remembers.
public struct SentenceWindows: Sequence, IteratorProtocol {
  /// The most words that are read at once.
  public static let longest = 1024
  /// The context that is read and not kept on either side.
  static let margin = 64

  private let wordCount: Int
  private var kept = 0

  /// The windows of a sentence of so many words, none where there are no words.
  public init(wordCount: Int) {
    self.wordCount = wordCount
  }

  /// The words that the next window reads, and those of them that are kept.
  public mutating func next() -> (read: Range<Int>, kept: Range<Int>)? {
    guard kept < wordCount else { return nil }
    let start = Swift.max(kept - Self.margin, 0)
    let end = Swift.min(start + Self.longest, wordCount)
    let keptEnd = end == wordCount ? end : end - Self.margin
    defer { kept = keptEnd }
    return (start..<end, kept..<keptEnd)
  }
}

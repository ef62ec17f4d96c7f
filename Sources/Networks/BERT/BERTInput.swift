import Tokenization

/// A sentence as BERT reads it: pieces' ids in one or more windows, and each word's first piece.
///
/// A sentence that fits is one window, from `[CLS]` to `[SEP]`. A longer one is read in overlapping windows, which stand one
/// after another; attention does not cross from one to the next.
public struct BERTInput: Sendable, Equatable {
  /// The ids of all windows, [T].
  public let ids: [Int32]
  /// The pieces of each window; their sum is T.
  public let windowLengths: [Int]
  /// The position of each word's first piece in `ids`, [words], in the window where the word has most context.
  public let firstPieces: [Int32]

  /// Takes a sentence of one window.
  public init(ids: [Int32], firstPieces: [Int32]) {
    self.ids = ids
    windowLengths = [ids.count]
    self.firstPieces = firstPieces
  }

  /// Cuts an encoded sentence into windows.
  ///
  /// - Parameters:
  ///   - encoding: The sentence.
  ///   - maxLength: The most pieces of a window, at least `WordEncoding.shortestWindow`.
  public init(_ encoding: WordEncoding, maxLength: Int) {
    var ids: [Int32] = []
    var lengths: [Int] = []
    var firstPieces: [Int32] = []
    for window in encoding.windows(maxLength: maxLength) {
      let shift = Int32(ids.count + 1 - window.pieces.lowerBound)
      firstPieces += encoding.firstPiece[window.words].map { $0 + shift }
      ids += encoding.ids.prefix(1) + encoding.ids[window.pieces] + encoding.ids.suffix(1)
      lengths.append(window.pieces.count + 2)
    }
    self.ids = ids
    windowLengths = lengths
    self.firstPieces = firstPieces
  }
}

import StudentFormat
import Tokenization

/// A sentence as BERT reads it: pieces' ids in one or more windows, and each word's first piece.
///
/// A sentence that fits is one window, from `[CLS]` to `[SEP]`. A longer one is read in overlapping windows, which stand one
/// after another; attention does not cross from one to the next.
public struct BERTInput: Sendable, Equatable {
  /// The ids of all windows, [T].
  public let ids: [Int32]
  /// The token type of each piece, [T]; empty where all are of type 0.
  public let types: [Int32]
  /// The pieces of each window; their sum is T.
  public let windowLengths: [Int]
  /// The position of each word's first piece in `ids`, [words], in the window where the word has most context.
  public let firstPieces: [Int32]

  /// Takes a sentence of one window.
  public init(ids: [Int32], types: [Int32] = [], firstPieces: [Int32]) {
    precondition(types.isEmpty || types.count == ids.count, "\(types.count) types")
    self.ids = ids
    self.types = types
    windowLengths = [ids.count]
    self.firstPieces = firstPieces
  }

  /// Cuts an encoded sentence into windows.
  ///
  /// - Parameters:
  ///   - encoding: The sentence.
  ///   - maxLength: The most pieces of a window, at least `WordEncoding.shortestWindow`.
  ///   - shapes: The shape of each word, which becomes the token type of its pieces; nil for pieces of type 0.
  public init(_ encoding: WordEncoding, maxLength: Int, shapes: [WordShape]? = nil) {
    var ids: [Int32] = []
    var types: [Int32] = []
    var lengths: [Int] = []
    var firstPieces: [Int32] = []
    for window in encoding.windows(maxLength: maxLength) {
      let shift = Int32(ids.count + 1 - window.pieces.lowerBound)
      firstPieces += encoding.firstPiece[window.words].map { $0 + shift }
      ids += encoding.ids.prefix(1) + encoding.ids[window.pieces] + encoding.ids.suffix(1)
      lengths.append(window.pieces.count + 2)
      if let shapes {
        let inside = encoding.wordOfPiece[window.pieces].map { Int32(shapes[Int($0)].rawValue) }
        types += [0] + inside + [0]
      }
    }
    self.ids = ids
    self.types = types
    windowLengths = lengths
    self.firstPieces = firstPieces
  }
}

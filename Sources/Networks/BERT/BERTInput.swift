import StudentFormat
import Tokenization

/// A sentence as BERT reads it: pieces' ids in one or more windows, and the pieces that are labelled, which are each word's
/// first.
///
/// A sentence that fits is one window, from `[CLS]` to `[SEP]`. A longer one is read in overlapping windows, which stand one
/// after another; attention does not cross from one to the next. A window that answers for no word, as
/// there are within a word of very many pieces, is left out.
///
/// A text, or a pair of texts, that is labelled as a whole is one window, cut to a length; its label is that of the first piece.
public struct BERTInput: Sendable, Equatable {
  /// The most pieces of a window, also where a model has more positions: attention takes memory by their square.
  public static let longestWindow = 512

  /// The ids of all windows, [T].
  public let ids: [Int32]
  /// The token type of each piece, [T]; empty where all are of type 0.
  public let types: [Int32]
  /// The pieces of each window; their sum is T.
  public let windowLengths: [Int]
  /// The position of each word's first piece in `ids`, [words], in the window where the word has most context.
  public let firstPieces: [Int32]
  /// The pieces of a text or pair that were cut off, as they are too many.
  public let cutCount: Int

  /// Takes a sentence of one window.
  public init(ids: [Int32], types: [Int32] = [], firstPieces: [Int32]) {
    precondition(types.isEmpty || types.count == ids.count, "\(types.count) types")
    self.ids = ids
    self.types = types
    windowLengths = [ids.count]
    self.firstPieces = firstPieces
    cutCount = 0
  }

  /// Takes a text, or a pair of texts, that is labelled as a whole.
  ///
  /// - Parameters:
  ///   - encoding: Its pieces.
  ///   - hasTypes: Whether the texts of a pair have token types of their own; else all pieces are of type 0.
  public init(_ encoding: SequenceEncoding, hasTypes: Bool) {
    ids = encoding.ids
    types = hasTypes ? encoding.types : []
    windowLengths = [encoding.ids.count]
    firstPieces = [0]
    cutCount = encoding.cutCount
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
    let windows = encoding.windows(maxLength: maxLength)
    for window in windows where windows.count == 1 || !window.words.isEmpty {
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
    cutCount = 0
  }

  /// The windows, each as an input of its own; the words of each follow those of the one before.
  var windows: [InputWindow<BERTInput>] {
    guard windowLengths.count > 1 else {
      let words = 0..<firstPieces.count
      return [InputWindow(input: self, read: words, kept: words)]
    }
    var windows: [InputWindow<BERTInput>] = []
    var (piece, word) = (0, 0)
    for length in windowLengths {
      let pieces = piece..<piece + length
      let first = word
      while word < firstPieces.count, firstPieces[word] < pieces.upperBound { word += 1 }
      let input = BERTInput(
        ids: Array(ids[pieces]), types: types.isEmpty ? [] : Array(types[pieces]),
        firstPieces: firstPieces[first..<word].map { $0 - Int32(piece) })
      windows.append(InputWindow(input: input, read: first..<word, kept: first..<word))
      piece = pieces.upperBound
    }
    return windows
  }
}

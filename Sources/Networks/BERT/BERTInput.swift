/// A sentence as BERT reads it: the pieces' ids from [CLS] to [SEP] and each word's first piece.
public struct BERTInput: Sendable, Equatable {
  /// The ids, [T].
  public let ids: [Int32]
  /// The position of each word's first piece in `ids`, [words].
  public let firstPieces: [Int32]

  /// Pairs ids with the words' first pieces.
  public init(ids: [Int32], firstPieces: [Int32]) {
    self.ids = ids
    self.firstPieces = firstPieces
  }
}

import CKernels

/// What stands for a word itself: the teacher's pieces, or word vectors.
enum Lexicon: Sendable {
  /// The piece table, [V, width].
  case pieces(TensorFloats, width: Int)
  /// The frozen table, [W, D], and the tuned one, [2 + tuned words, D].
  case vectors(frozen: TensorFloats, tuned: TensorFloats, StudentConfiguration.WordVectors)

  /// Writes the mean of a word's pieces, or its frozen and its tuned vector, onto zeros.
  ///
  /// The unknown word and `[MASK]` have only a tuned vector. A word that was not tuned, because the training corpus does not
  /// have it, has its frozen vector twice: what its tuned one was at the start of training.
  func write(_ word: WordFeatures, to x: UnsafeMutablePointer<Float>) {
    switch self {
    case .pieces(let table, let width):
      let share = 1 / Float(word.pieces.count)
      for piece in word.pieces {
        ck_scaled_add(share, table.base + Int(piece) * width, x, width)
      }
    case .vectors(let frozen, let tuned, let sizes):
      let width = sizes.dimension
      let own = word.word >= 0 ? frozen.base + Int(word.word) * width : nil
      if let own { x.update(from: own, count: width) }
      if let row = sizes.tunedRow(of: word.word).map({ tuned.base + $0 * width }) ?? own {
        (x + width).update(from: row, count: width)
      }
    }
  }
}

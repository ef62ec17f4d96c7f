/// The naive twin of `CharacterCNN`: one word, plain loops, double precision.
public struct NaiveCharacterCNN: Sendable {
  /// D, the width of a character's embedding.
  public let dimension: Int
  /// F, the number of filters.
  public let filters: Int
  /// E, [C, D], row after row.
  public var embeddings: [Double]
  /// W, [F, D, 3].
  public var weight: [Double]
  /// b, [F].
  public var bias: [Double]

  /// Takes the three tensors.
  public init(
    dimension: Int, filters: Int, embeddings: [Double], weight: [Double], bias: [Double]
  ) {
    self.dimension = dimension
    self.filters = filters
    self.embeddings = embeddings
    self.weight = weight
    self.bias = bias
  }

  /// The features of a word, [F].
  public func callAsFunction(_ word: [Int32]) -> [Double] {
    (0..<filters).map { f in
      word.indices.reduce(0) { best, p in
        var z = bias[f]
        for k in 0..<3 where word.indices.contains(p + k - 1) {
          for d in 0..<dimension {
            let e = embeddings[Int(word[p + k - 1]) * dimension + d]
            z += weight[(f * dimension + d) * 3 + k] * e
          }
        }
        return max(best, z)
      }
    }
  }
}

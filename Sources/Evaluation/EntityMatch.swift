import Labels

/// A gold entity with the predicted one that stands for it, or either of them alone.
public struct EntityMatch: Sendable, Equatable {
  /// How a prediction and the gold annotation agree.
  public enum Outcome: String, Sendable, CaseIterable {
    /// Type and both boundaries are right.
    case correct
    /// The type is right, the two overlap, and a boundary is wrong.
    case boundary
    /// Both boundaries are right, the type is wrong.
    case type
    /// The two overlap; type and a boundary are wrong.
    case boundaryAndType = "boundary_and_type"
    /// A gold entity for which no predicted one is left.
    case missed
    /// A predicted entity for which no gold one is left.
    case spurious
  }

  /// The gold entity; nil for a spurious prediction.
  public let gold: EntitySpan?
  /// The predicted entity; nil for a missed one.
  public let predicted: EntitySpan?

  /// How the two agree.
  public var outcome: Outcome {
    guard let gold else { return .spurious }
    guard let predicted else { return .missed }
    let sameBoundaries = gold.words == predicted.words
    return switch (sameBoundaries, gold.hasType(of: predicted)) {
    case (true, true): .correct
    case (false, true): .boundary
    case (true, false): .type
    case (false, false): .boundaryAndType
    }
  }

  /// Pairs the gold and predicted entities of one sentence, each with at most one of the other side.
  ///
  /// Pairs that overlap are taken in the order: same boundaries, then same type, then any; of those the pair that shares
  /// most words, then the one that stands first. So every entity of either side is in exactly one match, and a pair with
  /// the same boundaries is never parted.
  ///
  /// - Parameters:
  ///   - gold: The gold entities in the order in which they end, as `EntitySpan.spans` gives them.
  ///   - predicted: The predicted entities, in the same order.
  /// - Returns: The pairs and the entities left alone, in the order of the gold entities, spurious ones last.
  public static func matches(gold: [EntitySpan], predicted: [EntitySpan]) -> [EntityMatch] {
    var partner = [Int?](repeating: nil, count: gold.count)
    var isTaken = [Bool](repeating: false, count: predicted.count)
    for pair in overlaps(gold, predicted).sorted(by: <) {
      if partner[pair.gold] == nil, !isTaken[pair.predicted] {
        partner[pair.gold] = pair.predicted
        isTaken[pair.predicted] = true
      }
    }
    let paired = gold.indices.map { index in
      EntityMatch(gold: gold[index], predicted: partner[index].map { predicted[$0] })
    }
    let alone = predicted.indices.filter { !isTaken[$0] }
    return paired + alone.map { EntityMatch(gold: nil, predicted: predicted[$0]) }
  }

  /// Two entities that share words; the smaller is the better pair.
  private struct Overlap: Comparable {
    let rank: Int
    let words: Int
    let gold: Int
    let predicted: Int

    static func < (one: Overlap, other: Overlap) -> Bool {
      (one.rank, -one.words, one.gold, one.predicted)
        < (other.rank, -other.words, other.gold, other.predicted)
    }
  }

  /// Every overlapping pair; the entities of a side do not overlap each other, so one pass over both finds all.
  private static func overlaps(_ gold: [EntitySpan], _ predicted: [EntitySpan]) -> [Overlap] {
    var pairs: [Overlap] = []
    var (i, j) = (0, 0)
    while i < gold.count, j < predicted.count {
      let (one, other) = (gold[i], predicted[j])
      let words = one.words.clamped(to: other.words).count
      if words > 0 {
        let sameBoundaries = one.words == other.words
        let rank = sameBoundaries ? 0 : one.hasType(of: other) ? 1 : 2
        pairs.append(Overlap(rank: rank, words: words, gold: i, predicted: j))
      }
      if one.words.upperBound <= other.words.upperBound { i += 1 }
      if other.words.upperBound <= one.words.upperBound { j += 1 }
    }
    return pairs
  }
}

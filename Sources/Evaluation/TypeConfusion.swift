import Files
import Labels

/// Which entity types are taken for which: how many gold entities of a type have a predicted one of another.
///
/// A cell counts matches, whatever their boundaries, so the row of a type with `missed` sums to its gold entities and the
/// column with `spurious` to its predicted ones.
public struct TypeConfusion: Sendable, Equatable {
  /// A gold type and a predicted type, one of which may be missing, with the number of their matches.
  public struct Cell: Sendable, Equatable {
    /// The gold type; nil for spurious predictions.
    public let gold: String?
    /// The predicted type; nil for missed entities.
    public let predicted: String?
    /// How many matches there are, at least 1.
    public let count: Int
  }

  private struct Pair: Hashable {
    let gold: ByteString?
    let predicted: ByteString?

    init(gold: String?, predicted: String?) {
      self.gold = gold.map(ByteString.init)
      self.predicted = predicted.map(ByteString.init)
    }
  }

  private var counts: [Pair: Int] = [:]

  /// A matrix of zeros.
  public init() {}

  /// How often a gold type met a predicted type; nil for the side on which no entity stands.
  public subscript(gold gold: String?, predicted predicted: String?) -> Int {
    counts[Pair(gold: gold, predicted: predicted), default: 0]
  }

  /// The types on either side, sorted by their bytes.
  public var types: [String] {
    Set(counts.keys.flatMap { [$0.gold, $0.predicted].compactMap(\.self) }).sorted().map(\.text)
  }

  /// The cells that are not 0, by falling count, then by gold and predicted type.
  public var cells: [Cell] {
    let none = ByteString("")
    return counts.sorted { one, other in
      (-one.value, one.key.gold ?? none, one.key.predicted ?? none)
        < (-other.value, other.key.gold ?? none, other.key.predicted ?? none)
    }
    .map { Cell(gold: $0.key.gold?.text, predicted: $0.key.predicted?.text, count: $0.value) }
  }

  mutating func add(_ match: EntityMatch) {
    counts[Pair(gold: match.gold?.type, predicted: match.predicted?.type), default: 0] += 1
  }
}

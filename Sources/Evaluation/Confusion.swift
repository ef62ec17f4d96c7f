import Files
import TerminalUI

/// Which entity types, or which labels of examples, are taken for which.
///
/// For entities a cell counts matches, whatever their boundaries, so the row of a type with `missed` sums to its gold entities
/// and the column with `spurious` to its predicted ones. For examples every cell has both names.
public struct Confusion: Sendable, Equatable {
  /// A gold name and a predicted name, one of which may be missing, with how often they met.
  public struct Cell: Sendable, Equatable {
    /// The gold type or label; nil for spurious predictions.
    public let gold: String?
    /// The predicted type or label; nil for missed entities.
    public let predicted: String?
    /// How often they met, at least 1.
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

  /// How often a gold name met a predicted name; nil for the side on which no entity stands.
  public subscript(gold gold: String?, predicted predicted: String?) -> Int {
    counts[Pair(gold: gold, predicted: predicted), default: 0]
  }

  /// The names on either side, sorted by their bytes.
  public var names: [String] {
    Set(counts.keys.flatMap { [$0.gold, $0.predicted].compactMap(\.self) }).sorted().map(\.text)
  }

  /// The cells that are not 0, by falling count, then by gold and predicted name.
  public var cells: [Cell] {
    let none = ByteString("")
    return counts.sorted { one, other in
      (-one.value, one.key.gold ?? none, one.key.predicted ?? none)
        < (-other.value, other.key.gold ?? none, other.key.predicted ?? none)
    }
    .map { Cell(gold: $0.key.gold?.text, predicted: $0.key.predicted?.text, count: $0.value) }
  }

  /// Counts a gold name that meets a predicted one so many times more.
  public mutating func add(gold: String?, predicted: String?, count: Int = 1) {
    counts[Pair(gold: gold, predicted: predicted), default: 0] += count
  }
}

extension Confusion {
  /// The matrix is shown up to this many names, and a list of the commonest confusions beyond.
  static let maximumNamesInMatrix = 8

  /// A row a gold name and a column a predicted one, or the commonest confusions where there are many names.
  ///
  /// - Parameters:
  ///   - names: The names in the order of rows and columns.
  ///   - hasUnmatched: Whether an entity can stand alone, which adds a column `missed` and a row `spurious`.
  /// - Returns: The table.
  func table(of names: [String], hasUnmatched: Bool) -> TextTable {
    guard names.count <= Confusion.maximumNamesInMatrix else { return commonest }
    let sides = names.map(Optional.some) + (hasUnmatched ? [nil] : [])
    var table = TextTable(
      columns: [.left("gold \\ predicted")] + sides.map { .right($0 ?? "missed") })
    for gold in sides {
      let cells = sides.map { predicted in
        gold == nil && predicted == nil
          ? "" : formatCount(self[gold: gold, predicted: predicted])
      }
      table.add(row: [gold ?? "spurious"] + cells)
    }
    return table
  }

  private var commonest: TextTable {
    var table = TextTable(columns: [.left("gold"), .left("predicted"), .right("count")])
    let confused = cells.filter {
      $0.gold.map(ByteString.init) != $0.predicted.map(ByteString.init)
    }
    for cell in confused.prefix(20) {
      table.add(
        row: [cell.gold ?? "(spurious)", cell.predicted ?? "(missed)", formatCount(cell.count)])
    }
    return table
  }
}

import TerminalUI

extension EntityMatch.Outcome {
  /// The outcome in words.
  public var text: String {
    switch self {
    case .correct: "correct"
    case .boundary: "right type, wrong boundary"
    case .type: "right boundary, wrong type"
    case .boundaryAndType: "overlap, both wrong"
    case .missed: "missed"
    case .spurious: "spurious"
    }
  }
}

extension ErrorAnalysis {
  /// The matrix of confusion is shown up to this many types, and a list of the commonest confusions beyond.
  static let maximumTypesInMatrix = 8

  /// The analysis as tables, one below the other with an empty line between them.
  public func tables(color: ColorPolicy = .never) -> String {
    var tables = [outcomeTable, confusionTable]
    if let seen { tables.append(seenTable(seen)) }
    tables.append(lengthTable)
    return tables.map { $0.rendered(color: color) }.joined(separator: "\n")
  }

  /// The kinds of errors with their share of all errors.
  private var outcomeTable: TextTable {
    var table = TextTable(columns: [.left("errors"), .right("count"), .right("share")])
    for outcome in EntityMatch.Outcome.allCases where outcome != .correct {
      let count = count(of: outcome)
      let share = errorCount == 0 ? 0 : Double(count) / Double(errorCount)
      table.add(
        row: [outcome.text, formatCount(count), "\(format(100 * share, decimals: 1)) %"])
    }
    return table
  }

  /// A row a gold type and a column a predicted type, or the commonest confusions where there are many types.
  private var confusionTable: TextTable {
    let types = confusion.types
    guard types.count <= ErrorAnalysis.maximumTypesInMatrix else { return commonestConfusions }
    var table = TextTable(
      columns: [.left("gold \\ predicted")] + types.map(TextTable.Column.right)
        + [.right("missed")])
    for gold in types.map(Optional.some) + [nil] {
      let cells = (types.map(Optional.some) + [nil]).map { predicted in
        gold == nil && predicted == nil
          ? "" : formatCount(confusion[gold: gold, predicted: predicted])
      }
      table.add(row: [gold ?? "spurious"] + cells)
    }
    return table
  }

  private var commonestConfusions: TextTable {
    var table = TextTable(columns: [.left("gold"), .left("predicted"), .right("count")])
    for cell in confusion.cells.filter({ $0.gold != $0.predicted }).prefix(20) {
      table.add(
        row: [cell.gold ?? "(spurious)", cell.predicted ?? "(missed)", formatCount(cell.count)])
    }
    return table
  }

  private func seenTable(_ seen: Seen) -> TextTable {
    var table = EntityScore.table(firstColumn: "in training")
    table.add(row: EntityScore.cells("seen", seen.seen))
    table.add(row: EntityScore.cells("unseen", seen.unseen))
    return table
  }

  private var lengthTable: TextTable {
    var table = EntityScore.table(firstColumn: "words in sentence")
    for bin in lengths where bin.sentences > 0 {
      table.add(row: EntityScore.cells(bin.name, bin.counts))
    }
    return table
  }
}

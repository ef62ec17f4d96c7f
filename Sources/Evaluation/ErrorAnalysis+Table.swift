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
  /// The analysis as tables, one below the other with an empty line between them.
  public func tables(color: ColorPolicy = .never) -> String {
    var tables = [outcomeTable, confusion.table(of: confusion.names, hasUnmatched: true)]
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

  private func seenTable(_ seen: Seen) -> TextTable {
    var table = MatchCounts.table(firstColumn: "in training")
    table.add(row: seen.seen.cells("seen"))
    table.add(row: seen.unseen.cells("unseen"))
    return table
  }

  private var lengthTable: TextTable {
    var table = MatchCounts.table(firstColumn: "words in sentence")
    for bin in lengths where bin.sentences > 0 {
      table.add(row: bin.counts.cells(bin.name))
    }
    return table
  }
}

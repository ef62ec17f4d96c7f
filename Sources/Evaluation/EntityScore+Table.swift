import TerminalUI

extension EntityScore {
  /// The score as a table: a row a type and one for all, percentages with two decimals as conlleval prints them.
  public func table(color: ColorPolicy = .never) -> String {
    var table = EntityScore.table(firstColumn: "type")
    for (type, counts) in perType { table.add(row: EntityScore.cells(type, counts)) }
    table.addRule()
    table.add(row: EntityScore.cells("all", overall))
    return table.rendered(color: color)
  }

  /// Every figure under the name that JSON output gives it, in a fixed order.
  ///
  /// `precision`, `recall`, `f1` and `token_accuracy` are fractions in 0...1; `gold`, `predicted`, `correct`, `words` and
  /// `sentences` are counts.
  public var figures: [(name: String, value: Double)] {
    EntityScore.figures(of: overall) + [
      ("token_accuracy", tokenAccuracy), ("words", Double(words)),
      ("sentences", Double(sentences.count)),
    ]
  }

  /// The figures of each type, sorted by its name, named as in `figures`.
  public var figuresPerType: [(type: String, figures: [(name: String, value: Double)])] {
    perType.map { (type: $0.type, figures: EntityScore.figures(of: $0.counts)) }
  }

  private static func figures(of counts: EntityCounts) -> [(name: String, value: Double)] {
    [
      ("precision", counts.precision), ("recall", counts.recall), ("f1", counts.f1),
      ("gold", Double(counts.gold)), ("predicted", Double(counts.predicted)),
      ("correct", Double(counts.correct)),
    ]
  }

  /// An empty table of counts and what follows from them.
  static func table(firstColumn title: String) -> TextTable {
    TextTable(columns: [
      .left(title), .right("precision"), .right("recall"), .right("F1"), .right("gold"),
      .right("predicted"), .right("correct"),
    ])
  }

  /// The row of such a table.
  static func cells(_ type: String, _ counts: EntityCounts) -> [String] {
    [
      type, format(100 * counts.precision, decimals: 2), format(100 * counts.recall, decimals: 2),
      format(100 * counts.f1, decimals: 2), formatCount(counts.gold),
      formatCount(counts.predicted), formatCount(counts.correct),
    ]
  }
}

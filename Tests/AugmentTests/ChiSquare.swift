/// Pearson's test of counts against expected probabilities.
struct ChiSquare {
  /// Sum over the cells of (observed - expected)^2 / expected.
  let statistic: Double
  /// The value that a fair draw stays below in 999 of 1,000 runs (Wilson and Hilferty 1931).
  let limit: Double
  /// Whether the counts look drawn from the probabilities.
  var fits: Bool { statistic < limit }

  /// Cells with fewer than five expected draws are put together into one.
  init(observed: [Int], probabilities: [Double]) {
    precondition(observed.count == probabilities.count, "one probability a cell")
    let total = Double(observed.reduce(0, +))
    var cells: [(observed: Double, expected: Double)] = []
    var rest = (observed: 0.0, expected: 0.0)
    for (count, probability) in zip(observed, probabilities) {
      let expected = probability * total
      if expected < 5 {
        rest.observed += Double(count)
        rest.expected += expected
      } else {
        cells.append((Double(count), expected))
      }
    }
    if rest.expected > 0 { cells.append(rest) }
    statistic = cells.reduce(0) { sum, cell in
      let difference = cell.observed - cell.expected
      return sum + difference * difference / cell.expected
    }
    let freedom = Double(cells.count - 1)
    let normal = 3.0902
    let root = 1 - 2 / (9 * freedom) + normal * (2 / (9 * freedom)).squareRoot()
    limit = freedom * root * root * root
  }
}

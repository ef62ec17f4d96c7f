import Labels
import TerminalUI

extension ComparisonReport.Run {
  /// The corpus and its size: `gazette.test: 240 sentences, 4,744 words, 451 entities`, `verdict.test: 400 texts, 6,012 words`.
  var corpusText: String {
    "\(corpus): \(formatCount(sentences)) \(task.examples), \(formatCount(words)) words"
      + (task.labelsWords ? ", \(formatCount(entities)) entities" : "")
  }

  /// The circumstances as pairs of a name and a value, in the order in which they are shown.
  var circumstances: [(name: String, value: String)] {
    [
      ("Test corpus", corpusText),
      ("Teacher", teacher),
      seedCircumstance,
      (
        "Machine",
        "\(cpu), \(cores) \(cores == 1 ? "core" : "cores"), "
          + "\(threads) \(threads == 1 ? "thread" : "threads") where all are used, "
          + "OpenBLAS core \(blasCore)"
      ),
      ("Date", date),
    ]
  }

  private var seedCircumstance: (name: String, value: String) {
    let list = seeds.map(String.init).joined(separator: ", ")
    guard let first = seeds.first, seeds.count > 1 else { return ("Seed", list) }
    return (
      "Seeds",
      "\(list) for the students' first weights, dropout and order of \(task.examples); teacher, augmented "
        + "text and logits are one for all, made with seed \(first)"
    )
  }
}

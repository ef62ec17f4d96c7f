import Evaluation
import Labels
import TerminalUI

extension Claim {
  /// The fewest test examples on which a difference is tested: the bootstrap of fewer says little of others.
  static let minimumExamples = 30

  /// The claim that some models have a higher F1 or accuracy than others on the same examples, or than a share of the others'.
  ///
  /// The counts of all models of a side, with all their seeds, are summed example by example, and the paired bootstrap
  /// draws examples. So it tells how sure the difference between these trained models is on other examples of this kind;
  /// how far it depends on the seed is told by the number of pairs, a student and a seed each, in which it has the same sign.
  ///
  /// - Parameters:
  ///   - text: The statement.
  ///   - first: The models that it says to be better.
  ///   - second: Those that it compares them with, paired with the first by their place, and their seeds likewise.
  ///   - share: The share of the second's score that the first is held to.
  ///   - task: What the models were asked.
  /// - Returns: The claim; undecided unless p < 0.05, where there are too few examples, or none that are the same.
  static func better(
    _ text: String, _ first: [StudentResult], than second: [StudentResult], share: Double = 1,
    _ task: TaskKind
  ) -> Claim {
    guard let (firstCounts, secondCounts) = pooled(first, second) else {
      return Claim(
        text: text, verdict: .undecided,
        figures: "the models were not judged on the same \(task.examples)")
    }
    guard firstCounts.count >= minimumExamples else {
      return Claim(
        text: text, verdict: .undecided,
        figures: "\(firstCounts.count) test \(task.examples) are too few, "
          + "\(minimumExamples) are needed")
    }
    let comparison = Bootstrap.pairedComparison(firstCounts, secondCounts, share: share)
    func percent(_ share: Double) -> String { format(100 * share, decimals: 1) }
    func f1(_ counts: [MatchCounts]) -> Double {
      counts.reduce(into: MatchCounts()) { $0.add($1) }.f1
    }
    let other = percent(f1(secondCounts))
    let bound =
      share == 1
      ? other
      : "\(format(100 * share, decimals: 0)) % of \(other) = \(percent(share * f1(secondCounts)))"
    let sign = comparison.difference < 0 ? "" : "+"
    let pairs = pairs(first, second)
    let better = pairs.filter { $0.first > share * $0.second }.count
    return Claim(
      text: text,
      verdict: verdict(pValue: comparison.pValue, holds: comparison.difference > 0),
      figures: "\(task.metric) \(percent(f1(firstCounts))) against \(bound), difference "
        + "\(sign)\(percent(comparison.difference)), 95 % interval "
        + "\(percent(comparison.interval.low)) to \(percent(comparison.interval.high))"
        + (pairs.count > 1 ? "; higher in \(better) of \(pairs.count) trainings" : ""),
      pValue: comparison.pValue)
  }

  /// The claim that a model is so many times as fast as another, by a sign test over rounds in which both were measured.
  ///
  /// - Parameters:
  ///   - text: The statement.
  ///   - factor: How many times.
  ///   - ratios: How many times as fast it was in each round.
  ///   - figures: What was measured, in words, such as "one sentence alone".
  ///   - circumstances: What else a reader needs to judge the factor, added to the figures.
  /// - Returns: The claim; undecided unless p < 0.05.
  static func faster(
    _ text: String, factor: Double, ratios: [Double], figures: String, circumstances: String = ""
  ) -> Claim {
    let above = ratios.filter { $0 > factor }.count
    let below = ratios.filter { $0 < factor }.count
    let pValue = SignTest.pValue(above: above, below: below)
    let sorted = ratios.sorted()
    guard let slowest = sorted.first, let fastest = sorted.last else {
      return Claim(text: text, verdict: .undecided, figures: "nothing was measured")
    }
    let median = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    return Claim(
      text: text, verdict: verdict(pValue: pValue, holds: above > below),
      figures: "\(figures): \(times(median)) as fast, \(times(slowest)) to \(times(fastest)) in "
        + "\(ratios.count) rounds\(circumstances)",
      pValue: pValue)
  }

  /// The claim that something that is counted, and so certain, reaches a bound.
  static func counted(_ text: String, holds: Bool, figures: String) -> Claim {
    Claim(
      text: text, verdict: holds ? .confirmed : .refuted,
      figures: "\(figures); counted, so there is no test")
  }

  /// A claim for which a student is missing.
  static func missing(_ text: String, _ students: String) -> Claim {
    Claim(text: text, verdict: .undecided, figures: "this comparison has no \(students)")
  }

  /// A factor: `1.9 times`, `46 times`.
  static func times(_ ratio: Double) -> String {
    "\(format(ratio, decimals: ratio < 9.95 ? 1 : 0)) times"
  }

  private static func verdict(pValue: Double, holds: Bool) -> Verdict {
    pValue >= significance ? .undecided : holds ? .confirmed : .refuted
  }

  /// The counts of each example under all models of each side; nil where they are not of the same examples, or of none.
  private static func pooled(
    _ first: [StudentResult], _ second: [StudentResult]
  ) -> (first: [MatchCounts], second: [MatchCounts])? {
    let sides = [first, second].map { students -> [MatchCounts]? in
      guard var sum = students.first?.sentences, !sum.isEmpty else { return nil }
      for student in students.dropFirst() {
        let counts = student.sentences
        guard counts.count == sum.count else { return nil }
        for index in sum.indices { sum[index].add(counts[index]) }
      }
      return sum
    }
    guard let firstSum = sides[0], let secondSum = sides[1], firstSum.count == secondSum.count
    else { return nil }
    return (firstSum, secondSum)
  }

  /// The F1 of each training on one side and of its counterpart on the other; a side with one seed serves for all.
  private static func pairs(
    _ first: [StudentResult], _ second: [StudentResult]
  ) -> [(first: Double, second: Double)] {
    zip(first, second).flatMap { first, second in
      let (ours, theirs) = (first.seeds.map(\.overall.f1), second.seeds.map(\.overall.f1))
      guard let only = theirs.first, theirs.count == 1 else { return Array(zip(ours, theirs)) }
      return ours.map { ($0, only) }
    }.map { (first: $0.0, second: $0.1) }
  }
}

import Labels
import TerminalUI

/// A statement that the report checks, with the figures that bear it out or not.
public struct Claim: Sendable, Equatable {
  /// What the figures say of a claim.
  public enum Verdict: String, Sendable, CaseIterable {
    case confirmed
    case refuted
    case undecided
  }

  /// The chance of an error that is put up with when a difference is called real.
  public static let significance = 0.05

  /// How the verdicts come about, for readers of a report.
  static func method(_ task: TaskKind) -> String {
    "\(task.metricTitle) is compared by the paired bootstrap: 10,000 resamples of the test "
      + "\(task.examples), the counts of all seeds (and, where a claim is about several students, of all of them) summed "
      + "\(task.example) by \(task.example); that says nothing of other seeds, so the number of "
      + "trainings with the same sign stands beside it. Speed is compared by a sign test over rounds of measuring by turns. A "
      + "verdict needs p < 0.05, with no correction for the number of claims."
  }

  /// The statement.
  public var text: String
  /// What the figures say.
  public var verdict: Verdict
  /// The figures in words.
  public var figures: String
  /// The p-value of the test behind the verdict; nil where there was none.
  public var pValue: Double?

  /// A claim whose verdict is already known.
  public init(text: String, verdict: Verdict, figures: String, pValue: Double? = nil) {
    self.text = text
    self.verdict = verdict
    self.figures = figures
    self.pValue = pValue
  }

  /// The p-value as the report shows it: `p = 0.032`, `p < 0.001`; nil where there is none.
  public var pValueText: String? {
    pValue.map { $0 < 0.001 ? "p < 0.001" : "p = \(format($0, decimals: 3))" }
  }
}

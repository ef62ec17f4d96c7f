import Evaluation
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

  /// The claim that one model has a higher F1 than another, checked with the paired bootstrap test.
  ///
  /// It is undecided unless p < 0.05; nil where the two were not scored on the same sentences.
  public init?(text: String, _ first: StudentResult, isBetterThan second: StudentResult) {
    guard !first.sentences.isEmpty, first.sentences.count == second.sentences.count else {
      return nil
    }
    let comparison = Bootstrap.pairedComparison(first.sentences, second.sentences)
    func percent(_ share: Double) -> String { format(100 * share, decimals: 1) }
    let sign = comparison.difference < 0 ? "" : "+"
    self.init(
      text: text,
      verdict: comparison.pValue >= Claim.significance
        ? .undecided : comparison.difference > 0 ? .confirmed : .refuted,
      figures: "F1 \(percent(first.f1.mean)) against \(percent(second.f1.mean)), difference "
        + "\(sign)\(percent(comparison.difference)), 95 % interval "
        + "\(percent(comparison.interval.low)) to \(percent(comparison.interval.high))",
      pValue: comparison.pValue)
  }

  /// The p-value as the report shows it: `p = 0.032`, `p < 0.001`; nil where there is none.
  public var pValueText: String? {
    pValue.map { $0 < 0.001 ? "p < 0.001" : "p = \(format($0, decimals: 3))" }
  }
}

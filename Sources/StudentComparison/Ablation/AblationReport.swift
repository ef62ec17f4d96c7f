import Evaluation
import Labels
import TerminalUI

/// What an ablation found: variants of the recipe beside the teacher and the student trained directly.
///
/// Stored as ablation.json, shown by `compare-students report`.
public struct AblationReport: Sendable, Equatable {
  /// One variant.
  public struct Row: Sendable, Equatable {
    /// Its values.
    public var title: String
    /// Whether it is the recipe that is ablated.
    public var isBase: Bool
    /// The examples beside the training corpus that it learns from.
    public var transferRows: Int
    /// Its training with each seed.
    public var seeds: [SeedResult]
    /// Its F1 or accuracy on the test examples less that of the student trained directly, -1 to 1.
    public var difference: Double
    /// The two-sided p-value of that difference by the paired bootstrap; nil where there are too few examples.
    public var pValue: Double?

    /// A row whose difference is already known.
    public init(
      title: String, isBase: Bool, transferRows: Int, seeds: [SeedResult], difference: Double,
      pValue: Double?
    ) {
      self.title = title
      self.isBase = isBase
      self.transferRows = transferRows
      self.seeds = seeds
      self.difference = difference
      self.pValue = pValue
    }

    /// A row that is held against the student trained directly, with the same seeds on the same examples.
    init(
      title: String, isBase: Bool, transferRows: Int, seeds: [SeedResult], direct: [SeedResult]
    ) {
      let (ours, theirs) = (StudentResult.sum(seeds), StudentResult.sum(direct))
      let comparison = Bootstrap.pairedComparison(ours, theirs)
      self.init(
        title: title, isBase: isBase, transferRows: transferRows, seeds: seeds,
        difference: comparison.difference,
        pValue: ours.count < Claim.minimumExamples ? nil : comparison.pValue)
    }
  }

  /// Rows that stand in one table.
  public struct Group: Sendable, Equatable {
    /// What is varied.
    public var name: String
    /// The variants.
    public var rows: [Row]

    /// Names some rows.
    public init(name: String, rows: [Row]) {
      self.name = name
      self.rows = rows
    }
  }

  /// Where the figures come from.
  public var run: ComparisonReport.Run
  /// The teacher.
  public var teacher: SeedResult
  /// The student trained directly on the gold labels, with each seed.
  public var direct: [SeedResult]
  /// The variants.
  public var groups: [Group]

  /// A report.
  public init(
    run: ComparisonReport.Run, teacher: SeedResult, direct: [SeedResult], groups: [Group]
  ) {
    self.run = run
    self.teacher = teacher
    self.direct = direct
    self.groups = groups
  }

  private var task: TaskKind { run.task }

  /// The titles of a group's table.
  func titles(of group: Group) -> [String] {
    [group.name, "rows", "dev \(task.metric)", "test \(task.metric)", "against direct", "p"]
  }

  /// Which columns hold numbers.
  static let isNumber = [false, true, true, true, true, true]

  /// The rows of a group's table, teacher and direct student first; the ablated recipe has a star.
  func cells(of group: Group) -> [[String]] {
    let missing = ReportColumn.missing
    let references = [("teacher", [teacher]), ("trained directly", direct)].map { name, seeds in
      [name, missing, Self.text(seeds.bestDevF1), Self.text(seeds.testF1), missing, missing]
    }
    return references
      + group.rows.map { row in
        let sign = row.difference < 0 ? "" : "+"
        return [
          row.title + (row.isBase ? " *" : ""), formatCount(row.transferRows),
          Self.text(row.seeds.bestDevF1), Self.text(row.seeds.testF1),
          sign + Self.percent(row.difference), row.pValue.map(Self.pValueText) ?? missing,
        ]
      }
  }

  /// What the columns mean.
  var notes: [String] {
    let counted =
      task.labelsWords
      ? "F1 counts whole entities" : "accuracy is the share of \(task.examples) with the gold label"
    return [
      "Rows are the \(task.examples) beside the training corpus; \(counted), in per cent"
        + (run.seeds.count > 1
          ? ", the mean ± standard deviation of \(run.seeds.count) seeds." : "."),
      "* is the recipe that is ablated; every other variant differs from it in what its table names.",
      "Choose by dev \(task.metric): test \(task.metric) is shown so that the choice can be judged. p is two-sided, from the paired bootstrap "
        + "over test \(task.examples), the counts of all seeds summed; nothing is corrected for the number of variants.",
    ]
  }

  static func percent(_ share: Double) -> String { format(100 * share, decimals: 2) }

  private static func text(_ f1: MeanAndDeviation?) -> String {
    guard let f1 else { return ReportColumn.missing }
    return percent(f1.mean) + (f1.deviation.map { " ± \(percent($0))" } ?? "")
  }

  private static func pValueText(_ p: Double) -> String {
    p < 0.001 ? "< 0.001" : format(p, decimals: 3)
  }
}

extension [SeedResult] {
  /// The score on the development examples of the epochs that were kept, over the seeds; nil where one is not known.
  var bestDevF1: MeanAndDeviation? {
    let best = compactMap { $0.devF1.max() }
    return best.count == count && !isEmpty ? MeanAndDeviation(best) : nil
  }

  /// The score on the test examples over the seeds.
  var testF1: MeanAndDeviation? { isEmpty ? nil : MeanAndDeviation(map(\.overall.f1)) }
}

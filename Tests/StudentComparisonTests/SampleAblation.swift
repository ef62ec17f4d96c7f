import StudentComparison

extension AblationReport {
  /// A fixed ablation with two tables, a name to escape, and a row whose development scores are unknown.
  static let sample: AblationReport = {
    func seeds(_ f1: Double) -> [SeedResult] {
      [
        ComparisonReport.seed(1, f1: f1 - 0.01, training: 120),
        ComparisonReport.seed(2, f1: f1 + 0.01, training: 121),
      ]
    }
    func row(_ title: String, _ f1: Double, _ rows: Int, isBase: Bool = false) -> Row {
      Row(
        title: title, isBase: isBase, transferRows: rows, seeds: seeds(f1), difference: f1 - 0.643,
        pValue: isBase ? 0.0004 : 0.21)
    }
    var unknown = row("<a|b>_very-long-name-of-a-variant", 0.6, 14_041)
    unknown.seeds[0].devF1 = []
    var run = ComparisonReport.sample.run
    run.seeds = [1, 2]
    run.commands = ["compare-students ablate --seeds 2 --run runs/default"]
    return AblationReport(
      run: run, teacher: ComparisonReport.seed(1, f1: 0.682, training: 96),
      direct: seeds(0.643),
      groups: [
        Group(
          name: "n-iter",
          rows: [row("0", 0.65, 0), row("20", 0.669, 14_884, isBase: true), row("1", 0.64, 812)]),
        Group(name: "loss", rows: [row("kl", 0.669, 14_884, isBase: true), unknown]),
      ])
  }()
}

import Augment
import Distillation
import Evaluation
import Files
import JSON
import Runtime

/// Trains the distilled BiLSTM by variants of its recipe, all from one teacher, and tells what each is worth.
///
/// Every student is kept as it ends, so that an ablation that was stopped goes on when it is started again. What belongs to
/// other augmented text than the run's own lies in `ablation` below the run's folder.
public struct Ablation {
  private let plan: DistillationPlan
  private let workers: Workers
  private let observe: PipelineObserver
  private let evaluator: StudentEvaluator

  /// Prepares an ablation.
  ///
  /// - Parameters:
  ///   - plan: The recipe that is ablated; it must have test sentences.
  ///   - workers: The threads.
  ///   - observe: Told what happens.
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  public init(
    _ plan: DistillationPlan, workers: Workers, observe: @escaping PipelineObserver
  ) throws {
    self.plan = plan
    self.workers = workers
    self.observe = observe
    evaluator = try StudentEvaluator(plan, workers: workers, observe: observe)
  }

  /// Trains and judges what is not done yet, and leaves ablation.json in the run's folder after each variant.
  ///
  /// - Parameters:
  ///   - design: The variants.
  ///   - seedCount: With how many seeds each is trained, at least 1.
  ///   - commands: The command lines that repeat it, for the report.
  /// - Returns: The report.
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  public func run(
    _ design: AblationDesign, seedCount: Int, commands: [String]
  ) throws -> AblationReport {
    let seeds = (0..<UInt64(seedCount)).map { plan.seed &+ $0 }
    let pipeline = try Pipeline(plan, workers: workers, observe: observe)
    // A corpus that lacks what an operation needs is told before the teacher is tuned.
    for variant in design.variants { try variant.plan.checkAugmentation(of: pipeline.train) }
    let prepared = try pipeline.prepare()
    let teacher = try evaluator.result(
      of: StudentBuilder.Built(teacher: prepared.teacher),
      name: "teacher", seed: plan.seed, in: pipeline.folder)
    let direct = try results(
      StudentChoice(kind: .bilstm, isDistilled: false), seeds,
      StudentBuilder(pipeline: pipeline, prepared: prepared, workers: workers))

    var rows: [String: AblationReport.Row] = [:]
    var report = AblationReport(
      run: ComparisonReport.Run(
        on: evaluator.test, plan: plan, seeds: seeds, workers: workers, commands: commands),
      teacher: teacher, direct: direct, groups: [])
    for (number, variant) in design.variants.enumerated() {
      observe(
        .message("ablation: \(variant.identity), \(number + 1) of \(design.variants.count)"))
      let builder = try builder(of: variant, design, teacher: prepared.teacher.path)
      let results = try results(variant.choice, seeds, builder)
      let transfer =
        variant.plan.loss == .ce ? [builder.prepared.augmented] : builder.prepared.transfer
      rows[variant.identity] = AblationReport.Row(
        title: variant.title, isBase: variant.identity == design.base.identity,
        transferRows: transfer.reduce(0) { $0 + $1.count }, seeds: results, direct: direct)
      report.groups = groups(of: design, rows)
      try AtomicFileWriter.write(
        report.json.text(.pretty) + "\n", to: "\(pipeline.folder.path)/ablation.json")
    }
    return report
  }

  /// The pipeline of a variant: in the run's own folder where it shares the augmented text, else in a folder below.
  private func builder(
    of variant: AblationDesign.Variant, _ design: AblationDesign, teacher: String
  ) throws -> StudentBuilder {
    var plan = variant.plan
    if variant.transferName != design.base.transferName {
      plan.teacher = teacher
      plan.run += "/ablation/\(variant.transferName)"
    }
    let pipeline = try Pipeline(plan, workers: workers, observe: observe)
    return StudentBuilder(
      pipeline: pipeline, prepared: try pipeline.prepare(), workers: workers,
      variant: variant.identity == design.base.identity ? nil : variant.studentName)
  }

  private func results(
    _ choice: StudentChoice, _ seeds: [UInt64], _ builder: StudentBuilder
  ) throws -> [SeedResult] {
    try seeds.map { seed in
      try evaluator.result(
        of: builder.build(choice, seed: seed), name: builder.folderName(of: choice), seed: seed,
        in: builder.pipeline.folder)
    }
  }

  private func groups(
    of design: AblationDesign, _ rows: [String: AblationReport.Row]
  ) -> [AblationReport.Group] {
    design.groups.map { group in
      AblationReport.Group(
        name: group.name,
        rows: group.variants.compactMap { variant in
          var row = rows[variant.identity]
          row?.title = variant.title
          return row
        })
    }
  }
}

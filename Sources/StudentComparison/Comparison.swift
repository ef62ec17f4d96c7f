import Corpora
import Distillation
import Evaluation
import Files
import JSON
import Kernels
import ModelFiles
import Runtime

/// Trains the students of a comparison on one teacher's logits and measures each beside the teacher.
///
/// Teacher, augmented text and logits are made once, with the run's seed; each student is trained with several seeds, that of
/// the run and those that follow it, which decide its first weights, its dropout and the order of its examples.
public struct Comparison {
  private let pipeline: Pipeline
  private let evaluator: StudentEvaluator
  private let workers: Workers
  private let measuring: MeasuringProcess
  let observe: PipelineObserver

  /// Prepares a comparison.
  ///
  /// - Parameters:
  ///   - plan: The run; it must have test examples.
  ///   - workers: The threads.
  ///   - measuring: How speed and memory are measured.
  ///   - observe: Told what happens.
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  public init(
    _ plan: DistillationPlan, workers: Workers, measuring: MeasuringProcess,
    observe: @escaping PipelineObserver
  ) throws {
    pipeline = try Pipeline(plan, workers: workers, observe: observe)
    evaluator = try StudentEvaluator(plan, workers: workers, observe: observe)
    self.workers = workers
    self.measuring = measuring
    self.observe = observe
  }

  /// The run's folder.
  public var folder: RunFolder { pipeline.folder }

  /// Trains and judges what is not done yet, measures all, and leaves report.json in the run's folder.
  ///
  /// - Parameters:
  ///   - choices: The students.
  ///   - seedCount: With how many seeds each is trained, at least 1.
  ///   - commands: The command lines that repeat the run, for the report.
  /// - Returns: The report.
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  public func run(
    _ choices: [StudentChoice], seedCount: Int, commands: [String]
  ) throws -> ComparisonReport {
    try StudentBuilder.check(choices, teacher: pipeline.baseTeacher)
    let seeds = (0..<UInt64(seedCount)).map { pipeline.plan.seed &+ $0 }
    let prepared = try pipeline.prepare()
    let builder = StudentBuilder(pipeline: pipeline, prepared: prepared, workers: workers)

    let teacher = StudentBuilder.Built(teacher: prepared.teacher)
    let teacherResult = try evaluator.result(
      of: teacher, name: "teacher", seed: pipeline.plan.seed, in: folder)
    var paths = [teacher.path]
    var results = [[teacherResult]] + choices.map { _ in [] }
    for seed in seeds {
      for (index, choice) in choices.enumerated() {
        let built = try builder.build(choice, seed: seed)
        results[index + 1].append(
          try evaluator.result(of: built, name: choice.folderName, seed: seed, in: folder))
        if seed == seeds[0] { paths.append(built.path) }
      }
    }

    let measurement = try AlternateMeasurement(
      of: paths, rounds: measuring.rounds, measure: measuring.measure
    ) { observe(.message($0)) }
    let names = ["teacher"] + choices.map { "\($0.kind)" }
    let trainings = [StudentResult.Training.teacher] + choices.map(\.training)
    let students = try names.indices.map { index in
      try row(
        names[index], trainings[index], results[index], path: paths[index],
        Measurement.median(of: measurement.rounds[index]))
    }
    let claims = Claims(
      task: pipeline.plan.task, students: students, rounds: measurement.rounds,
      teacherLayers: try teacherLayers())
    var report = ComparisonReport(
      run: ComparisonReport.Run(
        on: evaluator.test, plan: pipeline.plan, seeds: seeds, workers: workers, commands: commands),
      students: students, claims: claims.all)
    try DetailCollection(test: evaluator.test, training: pipeline.train, workers: workers)
      .add(to: &report, paths: paths)
    try AtomicFileWriter.write(
      report.json.text(.pretty) + "\n", to: "\(folder.path)/report.json")
    return report
  }

  private func row(
    _ name: String, _ training: StudentResult.Training, _ seeds: [SeedResult], path: String,
    _ measurement: Measurement
  ) throws -> StudentResult {
    let model = try ModelDirectories.open(path).model(for: pipeline.plan.task)
    var row = StudentResult(
      name: name, training: training, seeds: seeds, parameters: model.parameterCount,
      parametersWithoutEmbeddings: model.encoderParameterCount,
      fileBytes: Folders.size(of: "\(path)/model.safetensors") ?? 0)
    row.wordsPerSecond = measurement.wordsPerSecond
    row.wordsPerSecondOnAllThreads = measurement.wordsPerSecondOnAllThreads
    row.latencyP50Milliseconds = measurement.latencyP50Milliseconds
    row.latencyP95Milliseconds = measurement.latencyP95Milliseconds
    row.peakMemoryBytes = measurement.peakMemoryBytes
    return row
  }

  private func teacherLayers() throws -> Int {
    try HuggingFaceDirectory(path: pipeline.baseTeacher).configuration.layerCount
  }
}

import Corpora
import Distillation
import Evaluation
import Files
import Kernels
import ModelFiles
import Training

/// Trains the students of a comparison on one teacher's logits and measures each beside the teacher.
public struct Comparison {
  private let pipeline: Pipeline
  private let test: Corpus
  private let workers: Workers
  private let measure: (String) throws -> Measurement
  let observe: PipelineObserver

  /// Prepares a comparison.
  ///
  /// - Parameters:
  ///   - plan: The run; it must have test sentences.
  ///   - workers: The threads.
  ///   - measure: Gives a model directory's speed and memory, taken in a process of its own.
  ///   - observe: Told what happens.
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  public init(
    _ plan: DistillationPlan, workers: Workers, measure: @escaping (String) throws -> Measurement,
    observe: @escaping PipelineObserver
  ) throws {
    pipeline = try Pipeline(plan, workers: workers, observe: observe)
    test = try (plan.test ?? plan.dev).readTagged()
    self.workers = workers
    self.measure = measure
    self.observe = observe
  }

  /// The run's folder.
  public var folder: RunFolder { pipeline.folder }

  /// Trains what is not trained yet, measures all, and leaves report.json in the run's folder.
  ///
  /// - Parameters:
  ///   - choices: The students.
  ///   - commands: The command lines that repeat the run, for the report.
  /// - Returns: The report.
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  public func run(_ choices: [StudentChoice], commands: [String]) throws -> ComparisonReport {
    let prepared = try pipeline.prepare()
    let builder = StudentBuilder(pipeline: pipeline, prepared: prepared, workers: workers)
    var results = [try result("teacher", .teacher, path: prepared.teacher.path, seconds: nil)]
    for choice in choices {
      let built = try builder.build(choice)
      results.append(
        try result("\(choice.kind)", choice.training, path: built.path, seconds: built.seconds))
    }
    let report = ComparisonReport(
      run: circumstances(commands), students: results, claims: Claims.of(results))
    try AtomicFileWriter.write(
      report.json.text(.pretty) + "\n", to: "\(folder.path)/report.json")
    return report
  }

  private func result(
    _ name: String, _ training: StudentResult.Training, path: String, seconds: Double?
  ) throws -> StudentResult {
    let model = try LoadedModel(path: path)
    let score = model.score(on: test, workers: workers)
    try folder.append(metrics: score.json(model: path, corpus: test.name))
    observe(.message("measuring \(path)"))
    let measurement = try measure(path)
    var result = StudentResult(
      name: name, training: training,
      seeds: [SeedResult(seed: pipeline.plan.seed, score: score, trainingSeconds: seconds)],
      parameters: model.parameterCount,
      parametersWithoutEmbeddings: model.parameterCountWithoutEmbeddings,
      fileBytes: Folders.size(of: "\(path)/model.safetensors") ?? 0)
    result.wordsPerSecond = measurement.wordsPerSecond
    result.latencyP50Milliseconds = measurement.latencyP50Milliseconds
    result.latencyP95Milliseconds = measurement.latencyP95Milliseconds
    result.peakMemoryBytes = measurement.peakMemoryBytes
    return result
  }

  private func circumstances(_ commands: [String]) -> ComparisonReport.Run {
    let counts = test.counts
    return ComparisonReport.Run(
      corpus: test.name, sentences: counts.sentences, words: counts.tokens,
      entities: counts.entities, teacher: pipeline.plan.teacher, seeds: [pipeline.plan.seed],
      cpu: HostDescription.cpu, cores: Workers.available, blasCore: BLAS.coreName, threads: workers.count,
      date: Today.text, commands: commands)
  }
}

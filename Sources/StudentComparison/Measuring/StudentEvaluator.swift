import BLAS
import Corpora
import Distillation
import Files
import JSON
import Runtime

/// Evaluates models on the test examples of a run, each evaluation a stage.
struct StudentEvaluator {
  /// The test examples.
  let test: Corpus
  private let testKey: String
  private let workers: Workers
  private let observe: PipelineObserver

  /// Reads the test examples, or the development examples where there are none.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  init(
    _ plan: DistillationPlan, workers: Workers, observe: @escaping PipelineObserver
  ) throws {
    let source = plan.test ?? plan.dev
    test = try source.readLabelled(for: plan.task)
    testKey = try source.key()
    self.workers = workers
    self.observe = observe
  }

  /// The scores of a model: those stored in the run's folder, or new ones, which are stored at once.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  func result(
    of built: StudentBuilder.Built, name: String, seed: UInt64, in folder: RunFolder
  ) throws -> SeedResult {
    let path = folder.result(named: name, seed: seed)
    let stage = Stage(
      "results/\(name)-seed-\(seed)", artefact: path,
      inputs: ["format=\(ComparisonReport.jsonFormat)", "model=\(built.digest)", "test=\(testKey)"])
    _ = try stage.run(in: folder, observe: observe) {
      observe(.message("evaluating \(built.path)"))
      let score = try ModelDirectories.open(built.path).model(for: test.task)
        .score(on: test, workers: workers)
      let record = TrainingRecord(besideModel: built.path)
      let result = SeedResult(
        seed: seed, score: score, trainingSeconds: record?.seconds, devF1: record?.devScores ?? [])
      try folder.append(metrics: score.json(model: built.path, corpus: test.name))
      try AtomicFileWriter.write(result.json(test.task).text(.pretty) + "\n", to: path)
    }
    return try SeedResult(json: JSONValue.read(path: path), file: path, task: test.task)
  }
}

extension ComparisonReport.Run {
  /// The circumstances of a run on this machine today.
  init(
    on test: Corpus, plan: DistillationPlan, seeds: [UInt64], workers: Workers, commands: [String]
  ) {
    let counts = test.counts
    self.init(
      corpus: test.name, task: test.task, sentences: counts.examples, words: counts.words,
      entities: counts.entities, teacher: plan.teacherNames, seeds: seeds, cpu: HostDescription.cpu,
      cores: Workers.available, blasCore: BLAS.coreName ?? "none", threads: workers.count,
      date: ReportDate.text,
      commands: commands)
  }
}

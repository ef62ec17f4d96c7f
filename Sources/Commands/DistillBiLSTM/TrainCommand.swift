import ArgumentParser
import Corpora
import Distillation
import Evaluation
import Files
import JSON
import Labels
import TerminalUI

/// `distill-bilstm train`: the whole chain.
struct TrainCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Run all stages: teacher, augmentation, labelling, student, evaluation.",
    discussion: """
      Every stage keeps its result in the run's folder and runs again only if its inputs or settings change. Rerun an \
      interrupted command and it resumes from its last checkpoint; the student is byte-identical.

      Examples:
        distill-bilstm train
            Train on the bundled corpus; this takes a few minutes on two cores.
        distill-bilstm train --recipe paper --n-iter 10 --run runs/paper
            Use the recipe of Tang et al. 2019 with ten augmentation rounds.
      """)

  @OptionGroup(title: "Corpus options") var corpora: CorpusOptions
  @OptionGroup var distillation: DistillationOptions
  @OptionGroup(title: "General options") var common: CommonOptions

  func validate() throws {
    try distillation.checkOutputs(corpora, common)
  }

  mutating func run() throws {
    listenForInterruption()
    var summary = RunSummary(command: "distill-bilstm train")
    let workers = common.workers()
    var plan = try distillation.plan(corpora, seed: common.seed)
    plan.labellingPrecision = distillation.teachers.precision.usable(log: common.log)
    try Folders.hold(plan.run, log: common.log)
    let pipeline = try Pipeline(plan, workers: workers, observe: common.pipelineObserver())
    let student = try pipeline.distilledStudent(pipeline.prepare()).path
    try RunDescription(
      plan: plan, baseTeacher: pipeline.baseTeacher, workers: workers,
      arguments: CommandLine.arguments
    ).write(to: pipeline.folder)
    for path in [corpora.train, corpora.dev, corpora.test].compactMap(\.self) {
      try summary.addInput(path)
    }
    summary["sentences"] = .integer(pipeline.train.examples.count)
    summary["mended_entities"] = .integer(
      pipeline.train.evidence.irregular + pipeline.dev.evidence.irregular)
    if let test = plan.test {
      let score = try ModelDirectories.open(student).model(for: plan.task).score(
        on: test.readLabelled(for: plan.task), workers: workers)
      try pipeline.folder.append(metrics: score.json(model: student, corpus: test.name))
      summary["test_\(score.jsonName)"] = .number(score.overall.f1)
      print(printable("\(student) on \(test.name)"))
      print(score.table(color: .never), terminator: "")
    }
    try summary.write(common)
  }
}

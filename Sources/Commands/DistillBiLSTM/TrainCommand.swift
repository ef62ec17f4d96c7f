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
    abstract: "Run the whole chain: teacher, augmentation, labelling, student, evaluation.",
    discussion: """
      Every stage leaves its artefact in the run's folder and is not run again as long as what it was made from stays \
      the same. A stage that was cut off, by Ctrl-C or a failure of the machine, is taken up from its last checkpoint by \
      the same command; the student is the same to the bit.

      Examples:
        distill-bilstm train
            The bundled corpus, a few minutes on two cores.
        distill-bilstm train --recipe paper --n-iter 10 --run runs/paper
            Tang et al. 2019 on half the rows.
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
    summary["sentences"] = .integer(pipeline.train.sentences.count)
    summary["mended_entities"] = .integer(
      pipeline.train.evidence.irregular + pipeline.dev.evidence.irregular)
    if let test = plan.test {
      let score = try LoadedModel(path: student).score(on: test.readTagged(), workers: workers)
      try pipeline.folder.append(metrics: score.json(model: student, corpus: test.name))
      summary["test_f1"] = .number(score.overall.f1)
      print(printable("\(student) on \(test.name)"))
      print(score.table(), terminator: "")
    }
    try summary.write(common)
  }
}

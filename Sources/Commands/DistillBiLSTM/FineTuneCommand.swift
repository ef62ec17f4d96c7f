import ArgumentParser
import Corpora
import Distillation
import Evaluation
import Files
import JSON
import Labels
import ModelFiles
import Networks
import Runtime
import Teachers
import TerminalUI
import Training

/// `distill-bilstm finetune`: a pre-trained BERT becomes a tagger.
struct FineTuneCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "finetune",
    abstract:
      "Fine-tune a BERT on a corpus with tags or labels and write it as a Hugging Face directory.",
    discussion: """
      Training uses AdamW; the learning rate rises over the first tenth of the steps and then falls linearly. The epoch with \
      the best F1 (tags) or accuracy (labels) on the development examples is kept. Rerun an interrupted command and it resumes from its last \
      checkpoint, which lies next to the output in DIR.checkpoint.

      Examples:
        distill-bilstm finetune -o teacher
            Fine-tune the default teacher on the bundled corpus.
        distill-bilstm finetune --epochs 3 --learning-rate 1e-4 --seed 2 -o teacher-2
            Train for three epochs with a learning rate of 1e-4 and another seed.
      """)

  @Option(
    help: ArgumentHelp(
      "The BERT: a Hugging Face directory, or a name "
        + "(\(TeacherRegister.knownNames)), downloaded once with pip.",
      valueName: "dir|name"))
  var teacher = TeacherRegister.defaultTeacher

  @OptionGroup(title: "Corpus options") var corpora: CorpusOptions

  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp("Directory to write the fine-tuned teacher to.", valueName: "dir"))
  var output: String

  @Option(
    help: ArgumentHelp(
      "Number of training epochs, 1 to 100000. (default: 3 to 8, fewer for more sentences)",
      valueName: "n"))
  var epochs: Int?

  @Option(help: ArgumentHelp("Peak learning rate, above 0 and below 1.", valueName: "rate"))
  var learningRate: Float = TrainingSettings.fineTuning.learningRate

  @Option(
    help: ArgumentHelp("Number of sentences in each training step, 1 to 65536.", valueName: "n"))
  var batchSize = TrainingSettings.fineTuning.batchSize

  @OptionGroup var wordShapes: WordShapeOptions
  @OptionGroup var checkpoints: CheckpointOptions
  @OptionGroup(title: "General options") var common: CommonOptions

  func validate() throws {
    guard learningRate > 0, learningRate < 1 else {
      throw ValidationError("--learning-rate \(learningRate) is not between 0 and 1.")
    }
    guard (1...65536).contains(batchSize) else {
      throw ValidationError("--batch-size \(batchSize) is not in 1...65536.")
    }
    if let epochs, !(1...100_000).contains(epochs) {
      throw ValidationError("--epochs \(epochs) is not in 1...100000.")
    }
    try common.check(
      [("--output", output)], inputs: [teacher, corpora.train, corpora.dev, corpora.test])
  }

  mutating func run() throws {
    listenForInterruption()
    var summary = RunSummary(command: "distill-bilstm finetune")
    let workers = common.workers()
    try RunFolder.checkIsNoArtefact(output)
    let observe = common.pipelineObserver()
    let task = try corpora.trainSource.task()
    let sentences = try LabelledCorpora(
      task: task, train: corpora.trainSource, dev: corpora.devSource,
      test: corpora.testSource,
      log: common.log)
    let base = try TeacherRegister().resolve(teacher) { observe(.message($0)) }
    if let notice = try HuggingFaceDirectory(path: base).caseNotice() { common.log(notice) }
    var settings = TrainingSettings.fineTuning
    settings.learningRate = learningRate
    settings.batchSize = batchSize
    settings.seed = common.seed
    settings.epochs = epochs ?? 0
    let tuning = FineTuning(
      base: base, settings: settings, wordShapes: wordShapes.wordShapes, corpora: sentences,
      train: corpora.trainSource, dev: corpora.devSource)
    try Folders.hold(output, log: common.log)
    let checkpoint = try checkpoint(of: tuning)
    let (model, outcome) = try tuning.run(
      into: output, checkpoint: checkpoint, workers: workers, observe: observe)
    try checkpoint.remove()
    for (name, source) in [("dev", corpora.devSource), ("test", corpora.testSource)] {
      guard let source else { continue }
      let score = try model.score(on: source.readLabelled(for: task), workers: workers)
      summary["\(name)_\(score.jsonName)"] = .number(score.overall.f1)
      print(printable("\(output) on \(source.name)"))
      print(score.table(color: .never), terminator: "")
    }
    summary["mended_entities"] = .integer(
      sentences.train.evidence.irregular + sentences.dev.evidence.irregular)
    let rows = task.labelsWords ? "words" : "examples"
    summary[rows] = .integer(outcome.rows)
    summary["\(rows)_per_second"] = .number(Double(outcome.rows) / max(outcome.seconds, 1e-9))
    try summary.write(common)
  }

  /// Where the training is kept, under a key of all that decides it.
  private func checkpoint(of tuning: FineTuning) throws -> CheckpointFile {
    let folder = output.count > 1 && output.hasSuffix("/") ? String(output.dropLast()) : output
    let stage = Stage("finetune", artefact: output, inputs: try tuning.keyLines())
    return CheckpointFile(
      path: "\(folder).checkpoint", key: stage.key, policy: checkpoints.policy)
  }
}

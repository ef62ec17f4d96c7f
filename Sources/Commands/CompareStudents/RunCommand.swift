import ArgumentParser
import Distillation
import Files
import JSON
import Runtime
import StudentComparison
import TerminalUI

/// `compare-students run`: trains and measures.
struct RunCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Train the students that are still missing, then score and measure all of them.",
    discussion: """
      A student is one of \(StudentKind.syntax). K is the number of layers that are kept: the first, every other, the last, or \
      with bert-layers those of the given numbers, counted from 0. The layers of bert-random-K start from random weights; \
      they are 128 wide with 4 heads unless WIDTH and HEADS are given. DIR is a Hugging Face directory or a name from the \
      register. Each student is trained both directly on the gold labels and by distillation on the same teacher logits; append \
      :direct or :distilled to train only one of the two. Each student is kept as soon as it is trained: rerun an \
      interrupted command and it continues from there.

      With --seeds N each student is trained N times, with --seed and the numbers after it, and the report shows means and \
      standard deviations; the teacher, augmented text and logits are made with --seed. --epochs applies to every student \
      and --teacher-epochs to the teacher alone; by default the number depends on the kind of student.

      Speed and memory are measured last, each time in a separate process.

      Examples:
        compare-students run
            Compare the default students on Gazette, the bundled corpus of names.
        compare-students run --corpus verdict --run runs/verdict
            Compare them on reviews that are positive or negative.
        compare-students run --students bert-first-2,bert-first-3,bilstm+aug:distilled --seeds 3 --run runs/layers
            Compare two truncated BERTs and the BiLSTM, with three seeds each, in a separate run.
      """)

  @Option(
    help: ArgumentHelp("Students to train, separated by commas.", valueName: "list"))
  var students = StudentChoice.defaultList

  @Option(
    help: ArgumentHelp(
      "Number of seeds for each student, 1 to 100; scores are shown as mean and deviation. Use 3 or more for results to publish.",
      valueName: "n"))
  var seeds = 1

  @Option(
    help: ArgumentHelp(
      "Number of rounds in which speed and memory are measured, 1 to 100. Claims about speed need at least \(MeasuringProcess.defaultRounds).",
      valueName: "n"))
  var measuringRounds = MeasuringProcess.defaultRounds

  @OptionGroup(title: "Corpus options") var corpora: CorpusOptions
  @OptionGroup var distillation: DistillationOptions
  @OptionGroup(title: "General options") var common: CommonOptions

  func validate() throws {
    guard StudentChoice.list(students) != nil else {
      throw ValidationError("--students \(students): known are \(StudentKind.syntax).")
    }
    guard (1...100).contains(seeds) else {
      throw ValidationError("--seeds \(seeds) is not in 1...100.")
    }
    guard (1...100).contains(measuringRounds) else {
      throw ValidationError("--measuring-rounds \(measuringRounds) is not in 1...100.")
    }
    try distillation.checkOutputs(corpora, common)
  }

  mutating func run() throws {
    listenForInterruption()
    var summary = RunSummary(command: "compare-students run")
    let workers = common.workers()
    var plan = try distillation.plan(corpora, seed: common.seed)
    plan.labellingPrecision = distillation.teachers.precision.usable(log: common.log)
    try Folders.hold(plan.run, log: common.log)
    let testPath = corpora.test ?? (corpora.train == nil ? nil : corpora.dev)
    let comparison = try Comparison(
      plan, workers: workers,
      measuring: MeasuringProcess(
        corpus: corpora.corpus, test: testPath, format: corpora.reading.format,
        threads: workers.count, rounds: measuringRounds),
      observe: common.pipelineObserver())
    let arguments = ShellQuoting.quoted(CommandLine.arguments.dropFirst())
    let report = try comparison.run(
      StudentChoice.list(students) ?? [], seedCount: seeds,
      commands: ["compare-students \(arguments)"])
    print(report.terminalText(color: .forDescriptor(1)), terminator: "")
    summary["students"] = .integer(report.students.count)
    summary["seeds"] = .integer(seeds)
    summary["report"] = .string("\(comparison.folder.path)/report.json")
    try summary.write(common)
  }
}

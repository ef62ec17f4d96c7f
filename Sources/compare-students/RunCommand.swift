import ArgumentParser
import CommandOptions
import CommandSupport
import Distillation
import Files
import Kernels
import ModelFiles
import StudentComparison
import TerminalUI

/// `compare-students run`: trains and measures.
struct RunCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Train the students that are not there yet, and measure all of them.",
    discussion: """
      A student is one of \(StudentKind.syntax). It is trained directly on the tags and distilled from the teacher's \
      logits; with :direct or :distilled behind its name only so. Speed and memory are taken in a process of their own, \
      on one thread.

      Examples:
        compare-students run
            The default students on the bundled corpus.
        compare-students run --students bilstm,bert-last-2:direct --run runs/small
            Three students, in a run of their own.
      """)

  @Option(
    help: ArgumentHelp("The students, with commas between them.", valueName: "list"))
  var students = StudentChoice.defaultList

  @OptionGroup var corpora: CorpusOptions
  @OptionGroup var distillation: DistillationOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard StudentChoice.list(students) != nil else {
      throw ValidationError("--students \(students): known are \(StudentKind.syntax).")
    }
  }

  mutating func run() throws {
    var summary = RunSummary(command: "compare-students run")
    let workers = common.workers()
    let plan = distillation.plan(
      train: corpora.trainSource, dev: corpora.devSource, test: corpora.testSource,
      seed: common.seed)
    let testPath = corpora.test ?? (corpora.train == nil ? nil : corpora.dev)
    let comparison = try Comparison(
      plan, workers: workers, measure: { try MeasureCommand.measure($0, corpus: testPath) },
      observe: common.pipelineObserver())
    let arguments = CommandLine.arguments.dropFirst().joined(separator: " ")
    let report = try comparison.run(
      StudentChoice.list(students) ?? [], commands: ["compare-students \(arguments)"])
    print(report.terminalText(color: .forDescriptor(1)), terminator: "")
    summary["students"] = .integer(report.students.count)
    summary["report"] = .string("\(comparison.folder.path)/report.json")
    try summary.write(common)
  }
}

import ArgumentParser
import Distillation
import Files
import JSON
import StudentComparison
import TerminalUI

/// `compare-students ablate`: what each part of the recipe is worth.
struct AblateCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ablate",
    abstract: "Train the distilled BiLSTM with variants of its recipe and compare their scores.",
    discussion: """
      The options below set the recipe. --vary NAME=VALUE,VALUE names a setting and the values to try, and may be repeated. \
      Settings: \(AblationFactor.names). Join operations that are used together with +, as in operations=mask,mask+pos; crf \
      is yes or no. Without --vary, the operations, n-iter and the loss are varied. One setting is changed at a time; \
      --cross tries every combination. loss=ce learns from the labels of the augmented examples, without a teacher.

      All variants share one teacher and are compared with it and with the student trained directly. Each student is kept \
      as soon as it is trained: rerun an interrupted command and it continues from there. ablation.json holds the \
      finished results. The augmented text and logits of the variants stay in the run's folder and take about 36 bytes for \
      each augmented word.

      Examples:
        compare-students ablate
            Train the default variants on Gazette, the bundled corpus of names, with one seed each.
        compare-students ablate --vary n-iter=0,5,20 --vary loss=kl,mse --cross --seeds 3 --run runs/grid
            Train six recipes, with three seeds each.
      """)

  @Option(
    help: ArgumentHelp(
      "A setting of the recipe and the values to try. (default: operations, n-iter and loss)",
      valueName: "name=list"))
  var vary: [String] = []

  @Flag(help: "Try every combination of values instead of changing one setting at a time.")
  var cross = false

  @Option(
    help: ArgumentHelp(
      "Number of seeds for each variant, 1 to 100; scores are shown as mean and deviation.",
      valueName: "n"))
  var seeds = 1

  @OptionGroup(title: "Corpus options") var corpora: CorpusOptions
  @OptionGroup var distillation: DistillationOptions
  @OptionGroup(title: "General options") var common: CommonOptions

  func validate() throws {
    guard (1...100).contains(seeds) else {
      throw ValidationError("--seeds \(seeds) is not in 1...100.")
    }
    let factors = try self.factors()
    guard Set(factors.map(\.field.name)).count == factors.count else {
      throw ValidationError("--vary names a part of the recipe twice.")
    }
    try distillation.checkOutputs(corpora, common)
  }

  private func factors() throws -> [AblationFactor] {
    try vary.map { text in
      do {
        return try AblationFactor(text)
      } catch {
        throw ValidationError("--vary \(error).")
      }
    }
  }

  mutating func run() throws {
    listenForInterruption()
    var summary = RunSummary(command: "compare-students ablate")
    let workers = common.workers()
    var plan = try distillation.plan(corpora, seed: common.seed)
    plan.labellingPrecision = distillation.teachers.precision.usable(log: common.log)
    try Folders.hold(plan.run, log: common.log)
    let factors = try factors()
    for factor in factors where !factor.field.tasks.contains(plan.task) {
      throw ValidationError(
        "--vary \(factor.field.name): it decides nothing for \(plan.task.task.exampleNoun).")
    }
    let design = AblationDesign(
      plan, factors: factors.isEmpty ? AblationFactor.defaults(for: plan) : factors,
      isCrossed: cross)
    common.log(
      "\(design.count) \(design.count == 1 ? "variant" : "variants"), \(seeds) "
        + "\(seeds == 1 ? "seed" : "seeds") each")
    let arguments = ShellQuoting.quoted(CommandLine.arguments.dropFirst())
    let report = try Ablation(plan, workers: workers, observe: common.pipelineObserver())
      .run(design, seedCount: seeds, commands: ["compare-students \(arguments)"])
    print(report.terminalText(color: .forDescriptor(1)), terminator: "")
    summary["variants"] = .integer(design.count)
    summary["seeds"] = .integer(seeds)
    summary["report"] = .string("\(plan.run)/ablation.json")
    try summary.write(common)
  }
}

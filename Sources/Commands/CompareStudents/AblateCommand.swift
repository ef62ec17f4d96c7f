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
    abstract: "Train the distilled BiLSTM by variants of its recipe, and tell what each is worth.",
    discussion: """
      The recipe is what the options below say. --vary NAME=VALUE,VALUE names a part of it and the values that it takes, \
      and may be given several times: \(AblationFactor.names). \
      Operations that belong together stand with a + between them, as in operations=mask,mask+pos; crf is yes or no. \
      Without it, the operations, n-iter and the loss are varied. One part is changed at a time, or with --cross every \
      combination is tried. loss=ce learns from the tags that augmented sentences carry, and from no teacher.

      All variants have one teacher, and stand beside it and beside the student trained directly. Every student and seed \
      is kept as it ends, so that an ablation that was stopped goes on when it is started again; ablation.json holds what \
      has ended. Augmented text and logits of variants stay in the run's folder, about as many bytes as the augmented \
      sentences have words times 36.

      Examples:
        compare-students ablate
            The usual variants on the bundled corpus, one seed each.
        compare-students ablate --vary n-iter=0,5,20 --vary loss=kl,mse --cross --seeds 3 --run runs/grid
            Six recipes, three times each.
      """)

  @Option(
    help: ArgumentHelp(
      "A part of the recipe and its values. (default: operations, n-iter and loss)",
      valueName: "name=list"))
  var vary: [String] = []

  @Flag(help: "Try every combination of the values, not one part at a time.")
  var cross = false

  @Option(
    help: ArgumentHelp(
      "How often each variant is trained, 1 to 100, for a mean and a deviation.", valueName: "n"))
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

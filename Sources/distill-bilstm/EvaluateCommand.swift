import ArgumentParser
import CommandSupport
import Corpora
import Distillation
import Evaluation
import Files
import Kernels
import ModelFiles

/// The forms of `distill-bilstm evaluate`'s output.
enum ScoreFormat: String, CaseIterable, ExpressibleByArgument {
  case table
  case json
}

/// `distill-bilstm evaluate`: entity precision, recall and F1.
struct EvaluateCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Score a model, or a file of predictions, as conlleval does.",
    discussion: """
      The model is any directory that this program or Hugging Face wrote: a teacher, a truncated BERT, a BiLSTM student.

      Examples:
        distill-bilstm evaluate --model runs/default/student
            The bundled test sentences.
        distill-bilstm evaluate --model runs/default/teacher --format json
            The teacher, as one JSON object with every figure and the 95 % interval of F1.
      """)

  @Argument(
    help: ArgumentHelp(
      "A column file with gold tags. (default: the bundled corpus gazette.test)",
      valueName: "corpus"))
  var corpus: String?

  @Option(help: ArgumentHelp("The model's directory.", valueName: "dir"))
  var model: String?

  @Option(
    help: ArgumentHelp(
      "A column file with the same words and predicted tags in its last column.",
      valueName: "file"))
  var predictions: String?

  @Option(help: ArgumentHelp("The form of the output: table or json.", valueName: "form"))
  var format = ScoreFormat.table

  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard (model == nil) != (predictions == nil) else {
      throw ValidationError("Give either --model or --predictions.")
    }
  }

  mutating func run() throws {
    var summary = RunSummary(command: "distill-bilstm evaluate")
    let workers = common.workers()
    let source = CorpusSource(path: corpus, otherwise: .test)
    let gold = try source.readTagged()
    let score: EntityScore
    if let model {
      score = try LoadedModel(path: model).score(on: gold, workers: workers)
    } else {
      score = try PredictedTags(path: predictions ?? "-").score(against: gold)
    }
    let json = score.json(model: model ?? predictions ?? "-", corpus: gold.name)
    switch format {
    case .table: print(score.table(), terminator: "")
    case .json: print(json.text(.pretty))
    }
    for (name, value) in json.object ?? [:] { summary[name] = value }
    try summary.write(common)
  }
}

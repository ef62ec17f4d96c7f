import ArgumentParser
import CommandOptions
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
      "A file with gold tags: columns, CoNLL-U or JSON Lines. (default: gazette.test)",
      valueName: "corpus"))
  var corpus: String?

  @Option(help: ArgumentHelp("The model's directory.", valueName: "dir"))
  var model: String?

  @Option(
    help: ArgumentHelp(
      "A file with the same words and predicted tags, in its last column whatever --columns says.",
      valueName: "file"))
  var predictions: String?

  @Option(help: ArgumentHelp("The form of the output: table or json.", valueName: "form"))
  var format = ScoreFormat.table

  @OptionGroup var reading: CorpusFormatOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    try reading.check(goesWith: corpus)
    guard (model == nil) != (predictions == nil) else {
      throw ValidationError("Give either --model or --predictions.")
    }
  }

  /// The same columns as the corpus', but for the tags, which are the last.
  private var predictionFormat: CorpusFormat {
    var format = reading.format
    format.columns?.tag = -1
    format.columns?.partOfSpeech = nil
    return format
  }

  mutating func run() throws {
    var summary = RunSummary(command: "distill-bilstm evaluate")
    let workers = common.workers()
    let gold = try CorpusSource(path: corpus, otherwise: .test, format: reading.format).reader()
    let score: EntityScore
    var calibration: Calibration?
    if let model {
      (score, calibration) = try LoadedModel(path: model)
        .calibratedScore(on: gold, workers: workers)
    } else {
      score = try PredictedTags(path: predictions ?? "-", format: predictionFormat)
        .score(against: gold)
    }
    summary["mended_entities"] = .integer(common.logMended(gold.evidence, in: gold.name))
    var object = score.json(model: model ?? predictions ?? "-", corpus: gold.name).object ?? [:]
    object["calibration"] = calibration?.json
    let json = JSONValue.object(object)
    switch format {
    case .table:
      print(score.table(), terminator: "")
      if let calibration { print("\n\(calibration.text)") }
    case .json: print(json.text(.pretty))
    }
    for (name, value) in object { summary[name] = value }
    try summary.write(common)
  }
}

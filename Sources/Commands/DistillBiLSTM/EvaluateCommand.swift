import ArgumentParser
import Corpora
import Distillation
import JSON
import TerminalUI

/// The forms of `distill-bilstm evaluate`'s output.
enum ScoreFormat: String, CaseIterable, ExpressibleByArgument {
  case table
  case json
}

/// `distill-bilstm evaluate`: entity precision, recall and F1.
struct EvaluateCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Score a model or a file of predictions, and analyse its errors.",
    discussion: """
      The model is any directory that this program or Hugging Face wrote: a teacher, a truncated BERT or a BiLSTM student. \
      Names are scored as conlleval does: each gold entity and each predicted entity counts once. After the scores come the \
      kinds of errors, the entity types confused with each other, and the score by sentence length. Labels of texts and pairs \
      are scored as scikit-learn does: accuracy, F1 of each label, Matthews correlation and the confusion of labels; with \
      --columns group=NAME also by the values of that column.

      Examples:
        distill-bilstm evaluate --model runs/default/student
            Score a student on the bundled test sentences.
        distill-bilstm evaluate --model runs/default/student --against runs/default/teacher --format json
            Compare student and teacher, with a 95 % interval and a p-value, as one JSON object.
        distill-bilstm evaluate --model runs/default/teacher --further-model runs/default/student
            Score the mean of both models' logits.
      """)

  @Argument(
    help: ArgumentHelp(
      "A file with gold tags or labels: columns, CoNLL-U, JSON Lines, or texts as TSV, CSV or fastText lines. (default: the test part of --corpus)",
      valueName: "file"))
  var corpus: String?

  @Option(
    name: .customLong("corpus"),
    help: ArgumentHelp(
      "Bundled corpus to score on where no file is given: gazette, names in news; verdict, reviews that are positive or negative; or echo, pairs of sentences that say the same or do not.",
      valueName: "name"))
  var bundled = BundledCorpus.gazette

  @Option(help: ArgumentHelp("The model's directory.", valueName: "dir"))
  var model: String?

  @Option(
    name: .customLong("further-model"),
    help: ArgumentHelp(
      "A further model with the same labels. The option may be repeated; the mean of all models' logits is scored.",
      valueName: "dir"))
  var furtherModels: [String] = []

  @Option(
    help: ArgumentHelp(
      "A file with the same words and the predicted tags in its last column, whatever --columns says; or with the same texts and the predicted labels.",
      valueName: "file"))
  var predictions: String?

  @Option(
    help: ArgumentHelp(
      "A second model or predictions file to compare with. Shows the difference in F1 or accuracy with its "
        + "95 % interval and p-value from a paired bootstrap.", valueName: "path"))
  var against: String?

  @Option(
    help: ArgumentHelp(
      "A teacher to compare with, as a model or predictions file. Adds how often the model agrees with it.",
      valueName: "path"))
  var teacher: String?

  @Option(
    help: ArgumentHelp(
      "The corpus that the model was trained on. Adds separate scores for entities that occur in it "
        + "and entities that do not. For names alone. (default: gazette.train for gazette.test)",
      valueName: "corpus"))
  var seenIn: String?

  @Option(help: ArgumentHelp("Output format: table or json.", valueName: "form"))
  var format = ScoreFormat.table

  @OptionGroup(title: "Corpus format options") var reading: CorpusFormatOptions
  @OptionGroup(title: "General options") var common: CommonOptions

  func validate() throws {
    try reading.check(goesWith: corpus)
    guard (model == nil) != (predictions == nil) else {
      throw ValidationError("Give either --model or --predictions.")
    }
    guard model != nil || furtherModels.isEmpty else {
      throw ValidationError("--further-model goes with --model.")
    }
    try common.check(
      inputs: [corpus, model, predictions, against, teacher, seenIn] + furtherModels)
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
    let gold = try CorpusSource(
      path: corpus, otherwise: bundled.test, format: reading.format
    ).reader()
    let task = try gold.task()
    let subject =
      try model.map {
        try Predictor(models: [$0] + furtherModels, task: task, workers: workers)
      }
      ?? Predictor(
        predictions: predictions ?? "-", task: task, format: predictionFormat, workers: workers)
    if let notice = subject.notice { common.log(notice) }
    let knowsTraining = corpus == nil || seenIn != nil
    let evaluation = try ModelEvaluation(
      of: subject, task: task.task,
      against: against.map {
        try Predictor(path: $0, task: task, format: predictionFormat, workers: workers)
      },
      teacher: teacher.map {
        try Predictor(path: $0, task: task, format: predictionFormat, workers: workers)
      },
      training: knowsTraining
        ? CorpusSource(path: seenIn, otherwise: bundled.train, format: reading.format)
        : nil,
      on: gold)
    common.logNotices(of: gold, in: &summary)
    let json = evaluation.json
    switch format {
    case .table: print(evaluation.tables(color: .forDescriptor(1)), terminator: "")
    case .json: print(json.text(.pretty))
    }
    for (name, value) in json.object ?? [:] { summary[name] = value }
    try summary.write(common)
  }
}

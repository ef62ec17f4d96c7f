import ArgumentParser
import Corpora
import Distillation
import Files
import JSON
import Kernels
import ModelFiles
import Networks
import Runtime
import TerminalUI

/// `distill-bilstm label`: a teacher's logits of a corpus.
struct LabelCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "label",
    abstract:
      "Label a corpus with a teacher: write its logits for every word, text or pair, or the mean of several.",
    discussion: """
      The output is a folder of safetensors files, each with the tensors logits [rows, labels] and lengths [examples] (a row \
      is a word, or a whole text or pair), and \
      an index.json that records the teacher, corpus, labels and precision. Rerun an interrupted command and it continues \
      after the last complete file; a corpus from standard input is labelled from the start again.

      Examples:
        distill-bilstm label --teacher runs/default/teacher -o logits
            Label the bundled training sentences.
        augment | distill-bilstm label - --teacher runs/default/teacher -o logits-augmented
            Label augmented sentences while they are written.
      """)

  @Argument(
    help: ArgumentHelp(
      "The corpus to label: words in columns, CoNLL-U, JSON Lines, or texts as TSV, CSV or fastText lines; - reads standard input. (default: gazette.train)",
      valueName: "corpus"))
  var corpus: String?

  @Option(
    help: ArgumentHelp(
      "The teacher's directory: a fine-tuned BERT or a student.", valueName: "dir"))
  var teacher: String

  @Option(
    name: .customLong("further-teacher"),
    help: ArgumentHelp(
      "A further teacher with the same labels, a BERT or a student. The option may be repeated; the mean of all teachers' logits is written.",
      valueName: "dir"))
  var furtherTeachers: [String] = []

  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp("Folder to write the logits to.", valueName: "dir"))
  var output: String

  @Flag(
    inversion: .prefixedNo,
    help: "Keep the files of an interrupted labelling of the same teacher and corpus.")
  var resume = true

  @OptionGroup var precision: PrecisionOptions
  @OptionGroup(title: "Corpus format options") var reading: CorpusFormatOptions
  @OptionGroup(title: "General options") var common: CommonOptions

  func validate() throws {
    try reading.check(goesWith: corpus)
    try common.check([("--output", output)], inputs: [corpus, teacher] + furtherTeachers)
  }

  mutating func run() throws {
    listenForInterruption()
    var summary = RunSummary(command: "distill-bilstm label")
    let workers = common.workers()
    try RunFolder.checkIsNoArtefact(output)
    let source = CorpusSource(
      path: corpus, otherwise: BundledCorpus.gazette.train, format: reading.format)
    let precision = precision.usable(log: common.log)
    let teachers = [teacher] + furtherTeachers
    for path in teachers {
      if let notice = try ModelDirectories.open(path).caseNotice() { common.log(notice) }
    }
    let reader = try source.reader()
    let task = try reader.task()
    let labels = try ModelDirectories.open(teacher).labelNames(for: task)
    let labelling = try TeacherLabelling(
      teachers: teachers, task: task, labels: labels, workers: workers, precision: precision)
    let stage = Stage(
      "label", artefact: output,
      inputs: try TeacherLabelling.keyLines(
        teachers: teachers, labels: labels, precision: precision)
        + ["corpus=\(corpus == "-" ? "standard input" : try source.key())"])
    try Folders.hold(output, log: common.log)
    let line = common.progressLine()
    let done = try labelling.run(
      [TeacherLabelling.Source(name: source.name) { reader }], into: output, key: stage.key,
      resumes: resume && corpus != "-"
    ) { progress in
      line.note(
        "\(progress.keptExamples + progress.examples) sentences, "
          + "\(progress.keptRows + progress.rows) words labelled")
    }
    summary["sentences"] = .integer(done.keptExamples + done.examples)
    summary["words"] = .integer(done.keptRows + done.rows)
    common.logNotices(of: reader, in: &summary)
    summary["precision"] = .string(precision.rawValue)
    summary["pieces"] = .integer(done.pieces)
    summary["pieces_per_second"] = .number(Double(done.pieces) / max(done.seconds, 1e-9))
    for path in try teachers.flatMap({ try ModelDirectories.open($0).weightsPaths }) {
      try summary.addInput(path)
    }
    try summary.write(common)
  }
}

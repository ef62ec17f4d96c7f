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
      "Write a teacher's logits of every word of a corpus, or the mean of several teachers'.",
    discussion: """
      The output is a folder of safetensors files with the tensors logits [words, labels] \
      and lengths [sentences], and an index.json with the key of teacher, corpus, labels and precision. A labelling that was cut off \
      is taken up behind its last whole file by the same command, but for one of standard input, which starts anew.

      Examples:
        distill-bilstm label --teacher runs/default/teacher -o logits
            The bundled training sentences.
        augment | distill-bilstm label - --teacher runs/default/teacher -o logits-augmented
            Augmented sentences, as they are made.
      """)

  @Argument(
    help: ArgumentHelp(
      "A column file, CoNLL-U or JSON Lines; - is standard input. (default: gazette.train)",
      valueName: "corpus"))
  var corpus: String?

  @Option(
    help: ArgumentHelp(
      "The directory of a teacher: a BERT that is a tagger, or a student.", valueName: "dir"))
  var teacher: String

  @Option(
    name: .customLong("further-teacher"),
    help: ArgumentHelp(
      "A further teacher of the same labels, a BERT or a student; may come several times. The mean of all logits is written.",
      valueName: "dir"))
  var furtherTeachers: [String] = []

  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp("The folder to write.", valueName: "dir"))
  var output: String

  @Flag(
    inversion: .prefixedNo,
    help: "Keep the files of an interrupted labelling of the same teacher and corpus.")
  var resume = true

  @OptionGroup var precision: PrecisionOptions
  @OptionGroup var reading: CorpusFormatOptions
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
    let source = CorpusSource(path: corpus, otherwise: .train, format: reading.format)
    let precision = precision.usable(log: common.log)
    let teachers = [teacher] + furtherTeachers
    for path in teachers where !StudentModel.isStudent(path) {
      if let notice = try HuggingFaceDirectory(path: path).caseNotice() { common.log(notice) }
    }
    let labels = try TeacherLabelling.labels(of: teacher)
    let labelling = try TeacherLabelling(
      teachers: teachers, labels: labels, workers: workers, precision: precision)
    let stage = Stage(
      "label", artefact: output,
      inputs: try TeacherLabelling.keyLines(
        teachers: teachers, labels: labels, precision: precision)
        + ["corpus=\(corpus == "-" ? "standard input" : try source.key())"])
    try Folders.hold(output, log: common.log)
    let line = common.progressLine()
    let reader = try source.reader()
    let done = try labelling.run(
      [TeacherLabelling.Source(name: source.name) { reader }], into: output, key: stage.key,
      resumes: resume && corpus != "-"
    ) { progress in
      line.note(
        "\(progress.keptSentences + progress.sentences) sentences, "
          + "\(progress.keptWords + progress.words) words labelled")
    }
    summary["sentences"] = .integer(done.keptSentences + done.sentences)
    summary["words"] = .integer(done.keptWords + done.words)
    common.logNotices(of: reader, in: &summary)
    summary["precision"] = .string(precision.rawValue)
    summary["pieces"] = .integer(done.pieces)
    summary["pieces_per_second"] = .number(Double(done.pieces) / max(done.seconds, 1e-9))
    for path in try teachers.flatMap(TeacherLabelling.weightsPaths) { try summary.addInput(path) }
    try summary.write(common)
  }
}

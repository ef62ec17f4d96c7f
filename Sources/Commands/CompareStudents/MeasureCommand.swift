import ArgumentParser
import Corpora
import Distillation
import Files
import JSON
import Runtime
import StudentComparison
import Tagger

/// `compare-students measure`: one model's speed and memory, in a process that does nothing else.
///
/// `run` calls it for each model.
struct MeasureCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure",
    abstract: "Measure a model's speed, latency and memory.",
    discussion: """
      Examples:
        compare-students measure runs/default/student
            Measure the student of a run on the test sentences of Gazette.
        compare-students measure runs/verdict/teacher --corpus verdict -o teacher-speed.json
            Measure a teacher of texts on those of Verdict and write the result to a file.
      """)

  @Argument(help: ArgumentHelp("The model's directory.", valueName: "dir"))
  var model: String

  @Option(
    help: ArgumentHelp(
      "Bundled corpus of the model's task, whose test examples are answered: gazette, verdict or echo.",
      valueName: "name"))
  var corpus = BundledCorpus.gazette

  @Option(
    help: ArgumentHelp(
      "Examples to answer. (default: the test part of --corpus)", valueName: "file"))
  var test: String?

  @OptionGroup(title: "Corpus format options") var reading: CorpusFormatOptions

  @Option(
    help: ArgumentHelp(
      "Threads for the multi-threaded speed, 1 to 1024; all other figures use one thread. (default: all cores)",
      valueName: "n"))
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      "Arithmetic of a BiLSTM: fp32 or int8, as in distill-bilstm tag.",
      valueName: "precision"))
  var precision = TaggerPrecision.fp32

  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp("The JSON file to write; - is standard output.", valueName: "file"))
  var output = "-"

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads \(threads) is not in 1...1024.")
    }
    try OutputPaths([("--output", output)], inputs: [model, test]).check()
  }

  mutating func run() throws {
    let reader = try CorpusSource(path: test, otherwise: corpus.test, format: reading.format)
      .reader()
    var examples: [Example] = []
    while let example = try reader.next() { examples.append(example) }
    let measurement = try Measurement.take(
      of: model, on: examples, task: try reader.task(), workers: Workers(threads),
      precision: precision)
    try AtomicFileWriter.write(
      measurement.json.text(.pretty) + "\n", to: output, symbolicLinks: .follow)
  }
}

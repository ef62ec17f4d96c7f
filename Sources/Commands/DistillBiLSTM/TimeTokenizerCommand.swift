import ArgumentParser
import Files
import JSON
import ModelFiles
import Teachers
import Tokenization

/// `distill-bilstm time-tokenizer`: how fast text falls into pieces, for Tests/Benchmarks.
struct TimeTokenizerCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "time-tokenizer",
    abstract: "Measure the tokenizer on lines of text, on one thread.",
    discussion: """
      Examples:
        distill-bilstm time-tokenizer README.md --summary speed.json
            The default teacher's vocabulary; bytes_per_second is in the summary.
        distill-bilstm time-tokenizer README.md --teacher runs/default/teacher --summary speed.json
            The vocabulary of a directory.
      """,
    shouldDisplay: false)

  @Argument(help: ArgumentHelp("A text file.", valueName: "file"))
  var file: String

  @Option(
    help: ArgumentHelp(
      "Whose vocabulary: a Hugging Face directory, or a name "
        + "(\(TeacherRegister.knownNames)), fetched once by pip.",
      valueName: "dir|name"))
  var teacher = TeacherRegister.defaultTeacher

  @OptionGroup(title: "General options") var common: CommonOptions

  mutating func run() throws {
    var summary = RunSummary(command: "distill-bilstm time-tokenizer")
    let directory = try HuggingFaceDirectory(
      path: TeacherRegister().resolve(teacher) { common.log($0) })
    let tokenizer = try WordPieceTokenizer(directory)
    let reader = try LineReader(path: file)
    var lines: [String] = []
    while let line = try reader.nextString() { lines.append(line) }
    let bytes = lines.reduce(0) { $0 + $1.utf8.count }
    let clock = ContinuousClock()
    let start = clock.now
    var pieces = 0
    for line in lines { pieces += tokenizer.encode(line).count }
    let seconds = (clock.now - start) / .seconds(1)
    summary["bytes"] = .integer(bytes)
    summary["pieces"] = .integer(pieces)
    summary["bytes_per_second"] = .number(Double(bytes) / max(seconds, 1e-9))
    try summary.write(common)
  }
}

import ArgumentParser
import Corpora
import Distillation
import Files
import JSON
import Runtime
import Teachers

/// `distill-bilstm vectors`: word vectors of a teacher.
struct VectorsCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vectors",
    abstract: "Make word vectors of a teacher, for a student to take over.",
    discussion: """
      A vector is what the teacher's lower layers make of a word alone, reduced by principal components. There is one for \
      each word of the files that comes often enough, and for each whole word of the teacher's vocabulary; capitals do not \
      count for a teacher that does not see them. The file is text as word2vec writes it, for --word-vectors of train and \
      compare-students. They may help a student that reads no sentences without tags; one that does learns as much from the \
      teacher's pieces, which are fewer numbers.

      Examples:
        distill-bilstm vectors train.conll news.txt -o vectors.txt
            The words of a corpus and of running text, by the default teacher.
        distill-bilstm train --word-vectors vectors.txt --train train.conll --dev dev.conll
            A student that takes them over.
      """)

  @Argument(
    help: ArgumentHelp(
      "The files whose words get vectors: running text in UTF-8 where the name ends in .txt, else corpora, the word first, whose tags are not looked at. (default: gazette.train)",
      valueName: "file"))
  var files: [String] = []

  @Option(
    help: ArgumentHelp(
      "The teacher: a Hugging Face directory, or a name (\(TeacherRegister.knownNames)), fetched once by pip.",
      valueName: "dir|name"))
  var teacher = TeacherRegister.defaultTeacher

  @Option(
    help: ArgumentHelp(
      "The teacher's layers that read the words, from the first. (default: two thirds of them)",
      valueName: "n"))
  var layers: Int?

  @Option(
    help: ArgumentHelp(
      "The numbers of a vector, 2 to the teacher's hidden size.", valueName: "n"))
  var dimension = TeacherVectors.usualDimension

  @Option(
    help: ArgumentHelp(
      "How often a word must come to get a vector, 1 or more: from the others of its training sentences a student learns what to do with a word that it does not know.",
      valueName: "n"))
  var minCount = 2

  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp("The file to write; - is standard output.", valueName: "file"))
  var output: String

  @OptionGroup var reading: CorpusFormatOptions
  @OptionGroup(title: "General options") var common: CommonOptions

  func validate() throws {
    try reading.check(goesWith: files.first)
    guard minCount >= 1 else { throw ValidationError("--min-count \(minCount) is not 1 or more.") }
    guard dimension >= 2 else {
      throw ValidationError("--dimension \(dimension) is not 2 or more.")
    }
    if let layers, layers < 1 { throw ValidationError("--layers \(layers) is not 1 or more.") }
    try common.check([("--output", output)], inputs: files + [teacher])
  }

  mutating func run() throws {
    var summary = RunSummary(command: "distill-bilstm vectors")
    let path = try TeacherRegister().resolve(teacher) { common.log($0) }
    var vectors = try TeacherVectors(teacher: path, layers: layers, dimension: dimension)
    if files.isEmpty { try vectors.count(BundledCorpus.train.reader()) }
    for file in files {
      try vectors.count(UnlabelledText(path: file, format: reading.format).open())
    }
    let words = vectors.words(countedAtLeast: minCount)
    let file = try AtomicFileWriter(path: output, symbolicLinks: .follow)
    try vectors.write(words, to: file, workers: Workers(common.threads))
    try file.commit()
    common.log("\(words.count) vectors of \(dimension) numbers")
    for input in files where input != "-" { try summary.addInput(input) }
    summary["vectors"] = .integer(words.count)
    summary["dimension"] = .integer(dimension)
    try summary.write(common)
  }
}

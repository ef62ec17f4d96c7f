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
    abstract: "Compute word vectors from a teacher's lower layers, for use by a student.",
    discussion: """
      Each word is read on its own by the teacher's lower layers, and the result is reduced by PCA. A word gets a vector if it \
      occurs at least --min-count times in the files or is a whole word in the teacher's vocabulary. Capitals are ignored \
      for an uncased teacher. The output is a word2vec text file for --word-vectors of train and compare-students. Word \
      vectors can help a student trained without --unlabelled text; with such text, the teacher's piece embeddings work as \
      well and take less space.

      Examples:
        distill-bilstm vectors train.conll news.txt -o vectors.txt
            Compute vectors for the words of a corpus and of running text, with the default teacher.
        distill-bilstm train --word-vectors vectors.txt --train train.conll --dev dev.conll
            Train a student with these vectors.
      """)

  @Argument(
    help: ArgumentHelp(
      "Files whose words get vectors: running text in UTF-8 if the name ends in .txt, otherwise corpora, whose tags are ignored. (default: gazette.train)",
      valueName: "file"))
  var files: [String] = []

  @Option(
    help: ArgumentHelp(
      "The teacher: a Hugging Face directory, or a name (\(TeacherRegister.knownNames)), downloaded once with pip.",
      valueName: "dir|name"))
  var teacher = TeacherRegister.defaultTeacher

  @Option(
    help: ArgumentHelp(
      "Number of the teacher's layers to use, counted from the first. (default: two thirds of them)",
      valueName: "n"))
  var layers: Int?

  @Option(
    help: ArgumentHelp(
      "Dimension of the vectors, from 2 to the teacher's hidden size.", valueName: "n"))
  var dimension = TeacherVectors.defaultDimension

  @Option(
    help: ArgumentHelp(
      "Minimum word frequency, 1 or more. The rarer words teach the student how to handle unknown words.",
      valueName: "n"))
  var minCount = 2

  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp("The file to write; - is standard output.", valueName: "file"))
  var output: String

  @OptionGroup(title: "Corpus format options") var reading: CorpusFormatOptions
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
    if files.isEmpty { try vectors.count(BundledCorpus.gazette.train.reader()) }
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

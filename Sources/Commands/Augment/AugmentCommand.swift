import ArgumentParser
import Augment
import Corpora
import Files
import JSON
import Runtime

/// The command `augment`: a corpus in, a larger corpus out.
public struct AugmentCommand: RunnableCommand {
  /// Name, texts and subcommands.
  public static let configuration = CommandConfiguration(
    commandName: "augment",
    abstract: "Make a corpus many times larger by masking, word swaps and n-gram sampling.",
    discussion: """
      Every sentence is perturbed N times (Tang et al. 2019): each word is masked, or
      replaced by a word of its part of speech, or kept; now and then the sentence is
      cut to a short run of its words. Duplicates and examples of nothing but [MASK]
      are dropped. The same seed gives the same bytes on any number of threads.

      The corpus is a column file: word, part of speech and, last, the entity tag; an
      empty line after each sentence. One without the part of speech needs
      --operations mask,ngram.

      Examples:
        augment -o augmented.conll
            The bundled corpus, twenty rounds a sentence.
        augment --n-iter 2 --operations mask,ngram --format jsonl -o augmented.jsonl
            Two rounds without word swaps, as JSON Lines.
      """,
    version: PackageVersion.current)

  @Argument(
    help: ArgumentHelp(
      "The file to augment: columns, CoNLL-U or JSON Lines; - is standard input. (default: gazette.train)",
      valueName: "corpus"))
  var corpus: String?

  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp("The file to write; - is standard output.", valueName: "file"))
  var output = "-"

  @Option(help: ArgumentHelp("How often each sentence is perturbed, 0 to 1000.", valueName: "n"))
  var nIter = AugmentationSettings().rounds

  @Option(
    help: ArgumentHelp("The probability that a word becomes [MASK], 0 to 1.", valueName: "p"))
  var pMask = AugmentationSettings().maskProbability

  @Option(
    help: ArgumentHelp(
      "The probability that a word is replaced by one of its part of speech, drawn by frequency; "
        + "0 to 1, and with --p-mask at most 1.", valueName: "p"))
  var pPos = AugmentationSettings().partOfSpeechProbability

  @Option(
    help: ArgumentHelp(
      "The probability that a round keeps only an n-gram of the sentence, 0 to 1.", valueName: "p"))
  var pNg = AugmentationSettings().nGramProbability

  @Option(
    help: ArgumentHelp(
      "The lengths of such an n-gram, each equally likely: a range of whole numbers from 1 up, "
        + "or one number.", valueName: "n...m"))
  var ngram = LengthRange(AugmentationSettings().nGramLengths)

  @Option(
    help: ArgumentHelp(
      "What is done, any of \(OperationList.names) with commas between them; none does nothing.",
      valueName: "list"))
  var operations = OperationList(AugmentationOperation.allCases)

  @Option(help: ArgumentHelp("The form of the output: conll or jsonl.", valueName: "form"))
  var format = AugmentationFormat.conll

  @Flag(
    help: "Write each sentence itself before what was made of it. (default: only what was made)")
  var withOriginal = false

  @OptionGroup var reading: CorpusFormatOptions
  @OptionGroup(title: "General options") var common: CommonOptions

  private var settings: AugmentationSettings {
    var settings = AugmentationSettings()
    settings.rounds = nIter
    settings.maskProbability = pMask
    settings.partOfSpeechProbability = pPos
    settings.nGramProbability = pNg
    settings.nGramLengths = ngram.lengths
    settings.operations = Set(operations.operations)
    settings.withOriginal = withOriginal
    return settings
  }

  /// Parsed by `main`.
  public init() {}

  /// Checks what the options say together.
  public func validate() throws {
    try reading.check(goesWith: corpus)
    if let problem = settings.problem { throw ValidationError(problem) }
    try common.check([("--output", output)], inputs: [corpus])
  }

  /// Reads the corpus and writes what is made of it.
  public mutating func run() throws {
    var report = RunSummary(command: "augment")
    let clock = ContinuousClock()
    let start = clock.now
    let reader =
      try corpus.map { try CorpusReader(path: $0, format: reading.format) }
      ?? BundledCorpus.train.reader()
    let interned = try InternedCorpus(reader)
    common.logNotices(of: reader, in: &report)
    let augmenter = try Augmenter(settings: settings, corpus: interned, seed: common.seed)
    let file = try AtomicFileWriter(path: output, symbolicLinks: .follow)
    let summary = try augmenter.write(
      to: file, format: format, threads: Workers(common.threads).count)
    try file.commit()
    let seconds = (clock.now - start) / .seconds(1)
    common.log(
      "\(summary.written) rows from \(summary.sentences) sentences of \(interned.name); dropped "
        + "\(summary.duplicates) duplicates and \(summary.allMasked) all-masked examples")
    guard common.summary != nil else { return }
    if let corpus { try report.addInput(corpus) }
    report["corpus"] = .string(interned.name)
    report["words"] = .integer(interned.tokenCount)
    report["examples_per_second"] = .number(seconds > 0 ? Double(summary.rounds) / seconds : 0)
    for (name, count) in summary.figures { report[name] = .integer(count) }
    try report.write(common)
  }
}

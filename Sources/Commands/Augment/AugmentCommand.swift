import ArgumentParser
import Augment
import Corpora
import Files
import JSON
import Labels
import PartsOfSpeech
import Runtime

/// The command `augment`: a corpus in, a larger corpus out.
public struct AugmentCommand: RunnableCommand {
  /// Name, texts and subcommands.
  public static let configuration = CommandConfiguration(
    commandName: "augment",
    abstract: "Make a corpus many times larger by masking, word swaps and n-gram sampling.",
    discussion: """
      Each round makes a new example from every sentence (Tang et al. 2019). Each word is kept, masked, or replaced by \
      another word with the same part of speech; some examples are then cut to a short run of words. Duplicates and \
      examples in which every word is [MASK] are dropped. The same seed gives a byte-identical result for any number of \
      threads.

      A round of a pair of texts makes three examples: one with the first text changed, one with the second, and one \
      with both. Texts and pairs keep their label; it is that of the original.

      Where the corpus has no parts of speech, they come from a small tagger of English that is part of the program; they \
      are not written. For another language, use --operations mask,ngram.

      Examples:
        augment -o augmented.conll
            Augment the bundled corpus with twenty rounds.
        augment --n-iter 2 --operations mask,ngram --format jsonl -o augmented.jsonl
            Run two rounds without word swaps and write JSON Lines.
        augment --corpus verdict -o augmented.tsv
            Augment bundled reviews, each a text with a label.
      """,
    version: PackageVersion.current)

  @Argument(
    help: ArgumentHelp(
      "The corpus to augment: words in columns, CoNLL-U, JSON Lines, or texts as TSV or CSV; - reads standard input. "
        + "(default: the training part of --corpus)",
      valueName: "file"))
  var corpus: String?

  @Option(
    name: .customLong("corpus"),
    help: ArgumentHelp(
      "Bundled corpus, of which the training part is read: gazette, names in news; verdict, reviews; echo, paraphrases.",
      valueName: "name"))
  var bundled: BundledCorpus?

  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp("The file to write; - is standard output.", valueName: "file"))
  var output = "-"

  @Option(
    help: ArgumentHelp(
      "Number of augmentation rounds for each sentence, 0 to 1000. (default: 20; 10 for pairs)",
      valueName: "n"))
  var nIter: Int?

  @Option(
    help: ArgumentHelp("Probability that a word is replaced by [MASK], 0 to 1.", valueName: "p"))
  var pMask = AugmentationSettings().maskProbability

  @Option(
    help: ArgumentHelp(
      "Probability that a word is replaced by another with the same part of speech, drawn by "
        + "frequency; 0 to 1. Together with --p-mask it must be at most 1.", valueName: "p"))
  var pPos = AugmentationSettings().partOfSpeechProbability

  @Option(
    help: ArgumentHelp(
      "Probability that a changed text is cut to an n-gram of its words, 0 to 1.", valueName: "p"))
  var pNg = AugmentationSettings().nGramProbability

  @Option(
    help: ArgumentHelp(
      "Length of the n-gram in words: a range, in which every length is equally likely, or one "
        + "number; at least 1.", valueName: "n...m"))
  var ngram = LengthRange(AugmentationSettings().nGramLengths)

  @Option(
    help: ArgumentHelp(
      "Operations to use: any of \(OperationList.names), separated by commas, or none.",
      valueName: "list"))
  var operations = OperationList(AugmentationOperation.allCases)

  @Option(
    help: ArgumentHelp(
      "Output format: conll for words with tags, tsv for texts with labels, or jsonl for either. "
        + "(default: conll or tsv)", valueName: "form"))
  var format: AugmentationFormat?

  @Flag(
    help: "Also write each original sentence, before its examples. (default: examples only)")
  var withOriginal = false

  @OptionGroup(title: "Corpus format options") var reading: CorpusFormatOptions
  @OptionGroup(title: "General options") var common: CommonOptions

  private func settings(for task: TaskKind) -> AugmentationSettings {
    var settings = AugmentationSettings(for: task)
    if let nIter { settings.rounds = nIter }
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
    if let corpus, bundled != nil {
      throw ValidationError(
        "--corpus names a bundled corpus; it does not go with the file \(corpus).")
    }
    if let problem = settings(for: .tag).problem { throw ValidationError(problem) }
    try common.check([("--output", output)], inputs: [corpus])
  }

  /// Reads the corpus and writes what is made of it.
  public mutating func run() throws {
    var report = RunSummary(command: "augment")
    let clock = ContinuousClock()
    let start = clock.now
    let reader =
      try corpus.map { try CorpusReader(path: $0, format: reading.format) }
      ?? (bundled ?? .gazette).train.reader()
    let settings = settings(for: try reader.task())
    let tagger = BundledPartOfSpeechTagger(threads: common.threads)
    let interned = try InternedCorpus(reader, tagger: settings.usesPartsOfSpeech ? tagger : nil)
    common.logNotices(of: reader, in: &report)
    if interned.hasTaggedPartsOfSpeech { common.log(tagger.notice(for: interned.name)) }
    let augmenter = try Augmenter(settings: settings, corpus: interned, seed: common.seed)
    let file = try AtomicFileWriter(path: output, symbolicLinks: .follow)
    let summary = try augmenter.write(
      to: file, format: format, threads: Workers(common.threads).count)
    try file.commit()
    let seconds = (clock.now - start) / .seconds(1)
    common.log(
      "\(summary.written) rows from \(summary.sentences) \(interned.task == .pair ? "pairs" : "sentences") of \(interned.name); dropped "
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

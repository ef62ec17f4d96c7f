import ArgumentParser
import Corpora
import Distillation

extension BundledCorpus: ExpressibleByArgument {}

/// The three corpora of a training.
public struct CorpusOptions: ParsableArguments {
  /// The bundled corpus that is taken where no files are given.
  @Option(
    help: ArgumentHelp(
      "Bundled corpus to use instead of files: gazette, names in news; verdict, reviews that are positive or negative; or echo, pairs of sentences that say the same or do not.",
      valueName: "name"))
  public var corpus = BundledCorpus.gazette

  /// The training examples' file.
  @Option(
    help: ArgumentHelp(
      "Training examples: columns, CoNLL-U or JSON Lines with a tag for each word, or TSV, CSV, JSON Lines or fastText lines with a label for each text or pair. (default: the training part of --corpus)",
      valueName: "file"))
  public var train: String?

  /// The development examples' file.
  @Option(
    help: ArgumentHelp(
      "Development examples, used to choose the best epoch; required with --train. (default: the development part of --corpus)",
      valueName: "file"))
  public var dev: String?

  /// The test examples' file.
  @Option(
    help: ArgumentHelp(
      "Test examples for the final score. With --train they are optional: without them, compare-students scores on --dev. (default: the test part of --corpus)",
      valueName: "file"))
  public var test: String?

  /// How the three files are read.
  @OptionGroup public var reading: CorpusFormatOptions

  /// The bundled corpus.
  public init() {}

  /// Checks which go together.
  public func validate() throws {
    let given = [train, dev, test].compactMap(\.self)
    if !given.isEmpty, train == nil || dev == nil {
      throw ValidationError("Give --train and --dev together, or neither.")
    }
    if given.contains("-") {
      throw ValidationError("A corpus is read more than once and cannot be standard input.")
    }
    try reading.check(goesWith: given.first)
  }

  /// The training examples.
  public var trainSource: CorpusSource { source(train, otherwise: corpus.train) }
  /// The development examples.
  public var devSource: CorpusSource { source(dev, otherwise: corpus.dev) }
  /// The test examples; nil where a corpus of the user's comes without any.
  public var testSource: CorpusSource? {
    train != nil && test == nil ? nil : source(test, otherwise: corpus.test)
  }

  private func source(_ path: String?, otherwise bundled: BundledPart) -> CorpusSource {
    CorpusSource(path: path, otherwise: bundled, format: reading.format)
  }
}

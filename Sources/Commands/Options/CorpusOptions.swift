import ArgumentParser
import Corpora
import Distillation

/// The three corpora of a training.
public struct CorpusOptions: ParsableArguments {
  /// The training sentences' file.
  @Option(
    help: ArgumentHelp(
      "Training sentences: a column file, CoNLL-U or JSON Lines. (default: gazette.train)",
      valueName: "file"))
  public var train: String?

  /// The development sentences' file.
  @Option(
    help: ArgumentHelp(
      "Development sentences, used to choose the best epoch; required with --train. (default: gazette.dev)",
      valueName: "file"))
  public var dev: String?

  /// The test sentences' file.
  @Option(
    help: ArgumentHelp(
      "Test sentences for the final score. With --train they are optional: without them, compare-students scores on --dev. (default: gazette.test)",
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

  /// The training sentences.
  public var trainSource: CorpusSource { source(train, otherwise: BundledCorpus.gazette.train) }
  /// The development sentences.
  public var devSource: CorpusSource { source(dev, otherwise: BundledCorpus.gazette.dev) }
  /// The test sentences; nil where a corpus of the user's comes without any.
  public var testSource: CorpusSource? {
    train != nil && test == nil ? nil : source(test, otherwise: BundledCorpus.gazette.test)
  }

  private func source(_ path: String?, otherwise bundled: BundledPart) -> CorpusSource {
    CorpusSource(path: path, otherwise: bundled, format: reading.format)
  }
}

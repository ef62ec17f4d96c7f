import ArgumentParser
import Corpora
import Distillation

/// The three corpora of a training.
public struct CorpusOptions: ParsableArguments {
  /// The training sentences' file.
  @Option(
    help: ArgumentHelp(
      "Sentences to learn from, a column file: word, part of speech, tag. (default: gazette.train)",
      valueName: "file"))
  public var train: String?

  /// The development sentences' file.
  @Option(
    help: ArgumentHelp(
      "Sentences to choose the best epoch by; needed with --train. (default: gazette.dev)",
      valueName: "file"))
  public var dev: String?

  /// The test sentences' file.
  @Option(
    help: ArgumentHelp(
      "Sentences to judge by, looked at once; needed with --train. (default: gazette.test)",
      valueName: "file"))
  public var test: String?

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
  }

  /// The training sentences.
  public var trainSource: CorpusSource { CorpusSource(path: train, otherwise: .train) }
  /// The development sentences.
  public var devSource: CorpusSource { CorpusSource(path: dev, otherwise: .dev) }
  /// The test sentences; nil where a corpus of the user's comes without any.
  public var testSource: CorpusSource? {
    train != nil && test == nil ? nil : CorpusSource(path: test, otherwise: .test)
  }
}

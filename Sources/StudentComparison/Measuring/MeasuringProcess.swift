import Corpora
import Files
import Teachers

/// Measures models one after another, each in a process of its own that does nothing else.
///
/// The process is this program once more, called as `PROGRAM measure --threads N --corpus=NAME -- DIR`, or with
/// `--test=FILE` and how the file is read in place of the bundled corpus, which must
/// write a `Measurement` as JSON on standard output.
public struct MeasuringProcess: Sendable {
  private let corpus: BundledCorpus
  private let test: String?
  private let format: CorpusFormat
  private let threads: Int
  /// How often each model is measured.
  let rounds: Int

  /// The fewest rounds whose agreement is significant in a sign test: p = 2 / 2^6.
  public static let defaultRounds = 6

  /// Prepares measuring.
  ///
  /// - Parameters:
  ///   - corpus: The bundled corpus whose test examples are answered where there is no file.
  ///   - test: The file with the examples to answer; nil for the bundled ones.
  ///   - format: How the file is to be read.
  ///   - threads: The threads of the speed on all threads.
  ///   - rounds: How often each model is measured, at least once.
  public init(
    corpus: BundledCorpus, test: String?, format: CorpusFormat, threads: Int, rounds: Int
  ) {
    self.corpus = corpus
    self.test = test
    self.format = format
    self.threads = threads
    self.rounds = rounds
  }

  /// Measures a model directory.
  ///
  /// - Throws: `FileError` if the process cannot be run or fails; `DataError` if it leaves no figures.
  func measure(_ model: String) throws -> Measurement {
    let figures = try TemporaryFile()
    let arguments =
      ["/proc/self/exe", "measure", "--threads", "\(threads)"]
      + (test.map { ["--test=\($0)"] + format.arguments } ?? ["--corpus=\(corpus.rawValue)"])
      + ["--", model]
    let outcome = try Program.run(arguments, output: figures)
    guard outcome?.status == 0 else {
      throw FileError(
        path: model, operation: .read,
        reason: "measuring it failed: \(outcome?.lastLines ?? "no such program")")
    }
    return try Measurement(path: figures.path)
  }
}

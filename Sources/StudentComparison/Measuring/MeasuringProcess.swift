import Corpora
import Files
import Glibc
import Teachers

/// Measures models one after another, each in a process of its own that does nothing else.
///
/// The process is this program once more, called as `PROGRAM measure DIR -o FILE --threads N [--corpus FILE ...]`, which
/// must write a `Measurement` as JSON to the file.
public struct MeasuringProcess: Sendable {
  private let corpus: String?
  private let format: CorpusFormat
  private let threads: Int

  /// Prepares measuring.
  ///
  /// - Parameters:
  ///   - corpus: The file with the sentences to tag; nil for the bundled test sentences.
  ///   - format: How the file is to be read.
  ///   - threads: The threads of the speed on all threads.
  public init(corpus: String?, format: CorpusFormat, threads: Int) {
    self.corpus = corpus
    self.format = format
    self.threads = threads
  }

  /// Measures a model directory.
  ///
  /// - Throws: `FileError` if the process cannot be run or fails; `DataError` if it leaves no figures.
  func measure(_ model: String) throws -> Measurement {
    let base = "\(Folders.temporary)/compare-students-\(getpid())"
    let (figures, log) = ("\(base).json", "\(base).log")
    defer {
      try? Folders.remove(figures)
      try? Folders.remove(log)
    }
    let arguments =
      ["/proc/self/exe", "measure", model, "-o", figures, "--threads", "\(threads)"]
      + (corpus.map { ["--corpus", $0] + format.arguments } ?? [])
    let outcome = try Program.run(arguments, log: log)
    guard outcome?.status == 0 else {
      throw FileError(
        path: model, operation: .read,
        reason: "measuring it failed: \(outcome?.lastLines ?? "no such program")")
    }
    return try Measurement(path: figures)
  }
}

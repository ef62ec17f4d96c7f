import Corpora
import Files
import Labels
import Runtime
import Text

/// A file of sentences whose tags, if it has any, are not looked at: running text, or a corpus.
public struct UnlabelledText: Sendable {
  /// The file.
  public let path: String
  private let format: CorpusFormat

  /// Names a file: running text if its name ends in `.txt`, else a corpus in a format.
  public init(path: String, format: CorpusFormat = CorpusFormat()) {
    self.path = path
    self.format = format
  }

  /// Opens the file as a stream of sentences.
  ///
  /// - Throws: `FileError` if it cannot be opened.
  public func open() throws -> any ExampleSource {
    path.lowercased().hasSuffix(".txt")
      ? try RunningText(path: path) : try CorpusReader(path: path, format: format)
  }

  /// Opens the file as a stream of examples of a task; a sentence of running text serves as a text of its own.
  ///
  /// - Throws: `FileError` if it cannot be opened; `DataError` for examples of another task.
  private func open(for task: TaskKind) throws -> any ExampleSource {
    let isRunningText = path.lowercased().hasSuffix(".txt")
    guard isRunningText else {
      return try CorpusSource(
        path: path, otherwise: BundledCorpus.gazette.train, format: format
      ).reader(for: task)
    }
    guard task != .pair else {
      throw DataError(
        file: path, found: "running text", expected: "pairs of texts, as the corpus has them",
        remedy: "give a file with two texts in each row, whose name does not end in .txt")
    }
    return try open()
  }

  /// Reads the file once, so that what is wrong with it is told before the teacher is tuned.
  ///
  /// - Parameter task: What the examples must be for.
  /// - Returns: The file as a part of the transfer set.
  /// - Throws: `FileError` or `DataError` if it cannot be read, holds no example or is for another task.
  public func checked(for task: TaskKind = .tag) throws -> TransferCorpus {
    let source = try open(for: task)
    var count = 0
    while try source.next() != nil { count += 1 }
    guard count > 0 else { throw Corpus.noExamples(name: path) }
    let key = ContentHash.key(of: [
      "unlabelled", try ContentHash.sha256(file: path), format.description,
    ])
    return TransferCorpus(name: path, key: key, count: count) { try open(for: task) }
  }
}

/// Running text, cut into sentences and words as `TextSplitter` does; a line break ends a sentence.
private final class RunningText: ExampleSource {
  private let lines: LineReader
  private var sentences: ArraySlice<Example> = []

  init(path: String) throws { lines = try LineReader(path: path) }

  func next() throws -> Example? {
    while sentences.isEmpty, let line = try lines.nextString() {
      sentences = split(line)[...]
    }
    return sentences.popFirst()
  }

  private func split(_ line: String) -> [Example] {
    let bytes = Array(line.utf8)
    return TextSplitter.sentences(in: line).flatMap { found in
      let words = found.words.map { String(decoding: bytes[$0], as: UTF8.self) }
      // A line without an end is cut where a column file would be refused.
      return stride(from: 0, to: words.count, by: CorpusReader.longestSentence).map { start in
        var sentence = Example()
        sentence.words = Array(words[start...].prefix(CorpusReader.longestSentence))
        sentence.line = lines.lineNumber
        return sentence
      }
    }
  }
}

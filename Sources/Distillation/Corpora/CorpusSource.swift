import Corpora
import Files
import Labels
import Runtime

/// A corpus file or a part of the bundled corpus.
public struct CorpusSource: Sendable {
  private let path: String?
  private let bundled: BundledPart
  private let format: CorpusFormat

  /// Takes a file where a path is given, to be read in a format, else the part of the bundled corpus.
  public init(
    path: String?, otherwise bundled: BundledPart, format: CorpusFormat = CorpusFormat()
  ) {
    self.path = path
    self.bundled = bundled
    self.format = path == nil ? CorpusFormat() : format
  }

  /// The path, or the name of the bundled part.
  public var name: String { path ?? bundled.name }

  /// Whether it is part of the bundled corpus.
  public var isBundled: Bool { path == nil }

  /// What the examples are for, as the file's first lines or its format say.
  ///
  /// - Throws: `FileError` or `DataError` if it cannot be read or does not tell.
  public func task() throws -> TaskKind { try reader().task() }

  /// Opens the file as a stream.
  ///
  /// - Parameter task: What the examples must be for; nil for what the file says.
  /// - Returns: The stream.
  /// - Throws: `FileError` if it cannot be opened; `DataError` for examples of another task.
  public func reader(for task: TaskKind? = nil) throws -> CorpusReader {
    let reader = try path.map { try CorpusReader(path: $0, format: format) } ?? bundled.reader()
    guard let task, try reader.task() != task else { return reader }
    throw DataError(
      file: name, found: "\(try reader.task().task.exampleNoun) with labels of their own kind",
      expected: "\(task.task.exampleNoun), as the model is for them",
      remedy: "give a corpus of the same task, or say with --task what this one is for")
  }

  /// Reads all examples, which must carry tags or labels.
  ///
  /// - Parameters:
  ///   - task: What the examples must be for; nil for what the file says.
  ///   - log: Told what a user should know of how the file was read.
  /// - Returns: The corpus.
  /// - Throws: `FileError` or `DataError` if it cannot be read, has no labels or is for another task.
  public func readLabelled(
    for task: TaskKind? = nil, log: (String) -> Void = { _ in }
  ) throws -> Corpus {
    let reader = try reader(for: task)
    let examples = try reader.nextLabelled(.max)
    guard !examples.isEmpty else { throw Corpus.noExamples(name: name) }
    for notice in reader.notices { log(notice) }
    return Corpus(
      name: name, task: try reader.task(), examples: examples, evidence: reader.evidence)
  }

  /// The SHA-256 of the bytes.
  ///
  /// - Throws: `FileError` if the file cannot be read.
  public func hash() throws -> String {
    if let path { return try ContentHash.sha256(file: path) }
    return ContentHash.sha256(UnsafeRawBufferPointer(bundled.bytes))
  }

  /// What the sentences depend on: the bytes and how they are read.
  ///
  /// - Throws: `FileError` if the file cannot be read.
  public func key() throws -> String {
    let options = format.description
    return try options.isEmpty ? hash() : "\(hash()) \(options)"
  }
}

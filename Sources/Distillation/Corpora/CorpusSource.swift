import Corpora
import Files
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

  /// Opens the file as a stream.
  ///
  /// - Throws: `FileError` if it cannot be opened.
  public func reader() throws -> CorpusReader {
    if let path { return try CorpusReader(path: path, format: format) }
    return bundled.reader()
  }

  /// Reads all sentences, which must carry tags.
  ///
  /// - Parameter log: Told what a user should know of how the file was read.
  /// - Returns: The corpus.
  /// - Throws: `FileError` or `DataError` if it cannot be read or has no tags.
  public func readTagged(log: (String) -> Void = { _ in }) throws -> Corpus {
    let reader = try reader()
    let sentences = try reader.nextLabelled(.max)
    guard !sentences.isEmpty else { throw Corpus.noExamples(name: name) }
    for notice in reader.notices { log(notice) }
    return Corpus(name: name, examples: sentences, evidence: reader.evidence)
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

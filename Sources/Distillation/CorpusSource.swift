import Corpora
import Files
import ModelFiles

/// A column file or a part of the bundled corpus.
public struct CorpusSource: Sendable {
  private let path: String?
  private let bundled: BundledCorpus

  /// Takes a file where a path is given, else the part of the bundled corpus.
  public init(path: String?, otherwise bundled: BundledCorpus) {
    self.path = path
    self.bundled = bundled
  }

  /// The path, or the name of the bundled part.
  public var name: String { path ?? bundled.name }

  /// Whether it is part of the bundled corpus.
  public var isBundled: Bool { path == nil }

  /// Opens the file as a stream.
  ///
  /// - Throws: `FileError` if it cannot be opened.
  public func reader() throws -> ColumnReader {
    if let path { return try ColumnReader(path: path) }
    return bundled.reader()
  }

  /// Reads all sentences, which must carry tags.
  ///
  /// - Throws: `FileError` or `DataError` if it cannot be read or has no tags.
  public func readTagged() throws -> Corpus {
    let corpus = try Corpus.read(reader())
    guard corpus.hasTags else {
      throw DataError(
        file: name, found: "one column, the words", expected: "a last column with entity tags",
        remedy: "give a corpus with two columns or more")
    }
    return corpus
  }

  /// The SHA-256 of the bytes.
  ///
  /// - Throws: `FileError` if the file cannot be read.
  public func hash() throws -> String {
    if let path { return try ContentHash.sha256(file: path) }
    return ContentHash.sha256(UnsafeRawBufferPointer(bundled.bytes))
  }
}

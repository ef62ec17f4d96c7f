import Corpora
import Files

/// The augmented sentences of a run: a file that is read one sentence at a time, however many there are.
public struct AugmentedCorpus: Sendable {
  /// The file, in columns; it may be empty, since all rows of a small corpus may be duplicates.
  public let path: String
  /// What the sentences depend on.
  public let key: String
  /// The number of sentences.
  public let count: Int

  /// Opens the file as a stream.
  ///
  /// - Throws: `FileError` if it cannot be opened.
  public func reader() throws -> CorpusReader { try CorpusReader(path: path) }

  /// Reads the sentences in order.
  ///
  /// - Parameter body: Told each sentence.
  /// - Throws: `FileError` or `DataError` if the file cannot be read; what `body` throws.
  public func forEach(_ body: (Sentence) throws -> Void) throws {
    guard count > 0 else { return }
    let reader = try reader()
    while let sentence = try reader.next() { try body(sentence) }
  }
}

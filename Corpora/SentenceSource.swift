/// A stream of sentences, read one at a time.
public protocol SentenceSource: AnyObject {
  /// The next sentence; nil at the end.
  ///
  /// - Throws: `FileError` or `DataError` for what cannot be read.
  func next() throws -> Sentence?
}

extension CorpusReader: SentenceSource {}

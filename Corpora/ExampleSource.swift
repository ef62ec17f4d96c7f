/// A stream of examples, read one at a time.
public protocol ExampleSource: AnyObject {
  /// The next example; nil at the end.
  ///
  /// - Throws: `FileError` or `DataError` for what cannot be read.
  func next() throws -> Example?
}

extension CorpusReader: ExampleSource {}

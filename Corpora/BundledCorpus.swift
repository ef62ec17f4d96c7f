import CBundledCorpus

/// The Gazette corpus, which is part of the program: a small English named-entity corpus under CC0.
///
/// Its files, its annotation guide and its licence lie in `Corpora/Gazette`.
public enum BundledCorpus: String, Sendable, CaseIterable {
  /// 816 sentences, 16,303 words.
  case train
  /// 144 sentences, 2,868 words.
  case dev
  /// 240 sentences, 4,744 words.
  case test

  /// The name that takes the place of a path, for example `gazette.train`.
  public var name: String { "gazette.\(rawValue)" }

  /// The bytes of the column file.
  public var bytes: UnsafeBufferPointer<UInt8> {
    var count = 0
    let start =
      switch self {
      case .train: bundled_gazette_train(&count)
      case .dev: bundled_gazette_dev(&count)
      case .test: bundled_gazette_test(&count)
      }
    return UnsafeBufferPointer(start: start, count: count)
  }

  /// A reader over the embedded column file.
  public func reader() -> CorpusReader { CorpusReader(bytes: Array(bytes), name: name) }

  /// The corpus, read by the parser that reads files.
  ///
  /// - Throws: `DataError` if the embedded file is malformed.
  public func read() throws -> Corpus { try Corpus.read(reader()) }
}

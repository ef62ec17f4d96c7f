import CBundledCorpus
import Labels

/// A corpus that is part of the program, under CC0; its files, guide and licence lie in a folder of `Corpora`.
public enum BundledCorpus: String, Sendable, CaseIterable {
  /// English news with the names of persons, places, organisations and others: 1,200 sentences.
  case gazette
  /// Reviews, each positive or negative: 1,800 sentences.
  case verdict
  /// Pairs of sentences that say the same or do not: 1,500 pairs.
  case echo

  /// What its examples are for.
  public var task: TaskKind {
    switch self {
    case .gazette: .tag
    case .verdict: .sentence
    case .echo: .pair
    }
  }

  /// What a model learns from.
  public var train: BundledPart { BundledPart(self, .train) }
  /// What settings are chosen on.
  public var dev: BundledPart { BundledPart(self, .dev) }
  /// What scores are taken on.
  public var test: BundledPart { BundledPart(self, .test) }
  /// All three.
  public var parts: [BundledPart] { [train, dev, test] }
}

/// A part of a bundled corpus.
public struct BundledPart: Sendable, Hashable {
  /// The three parts that each corpus has.
  public enum Split: String, Sendable, CaseIterable {
    case train, dev, test
  }

  /// The corpus.
  public let corpus: BundledCorpus
  /// Which part of it.
  public let split: Split

  /// Names a part.
  public init(_ corpus: BundledCorpus, _ split: Split) {
    self.corpus = corpus
    self.split = split
  }

  /// The name that takes the place of a path, for example `gazette.train`.
  public var name: String { "\(corpus).\(split)" }

  /// The bytes of the file.
  public var bytes: UnsafeBufferPointer<UInt8> {
    let file =
      switch (corpus, split) {
      case (.gazette, .train): bundled_gazette_train
      case (.gazette, .dev): bundled_gazette_dev
      case (.gazette, .test): bundled_gazette_test
      case (.verdict, .train): bundled_verdict_train
      case (.verdict, .dev): bundled_verdict_dev
      case (.verdict, .test): bundled_verdict_test
      case (.echo, .train): bundled_echo_train
      case (.echo, .dev): bundled_echo_dev
      case (.echo, .test): bundled_echo_test
      }
    return UnsafeBufferPointer(start: file.bytes, count: file.count)
  }

  /// How it is read: as any file of its form, scores of Echo by the kind of the pair.
  public var format: CorpusFormat {
    guard corpus == .echo else { return CorpusFormat() }
    return CorpusFormat(columns: ColumnSelection(texts: TextColumns(group: .name("kind"))))
  }

  /// A reader over the embedded file.
  public func reader() -> CorpusReader {
    CorpusReader(bytes: Array(bytes), name: name, format: format)
  }

  /// The corpus, read by the parser that reads files.
  ///
  /// - Throws: `DataError` if the embedded file is malformed.
  public func read() throws -> Corpus { try Corpus.read(reader()) }
}

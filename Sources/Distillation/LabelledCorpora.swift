import Augment
import Corpora
import Files
import Labels

/// The sentences with tags that a run learns from, chooses by and is judged by, read and checked before anything is trained.
public struct LabelledCorpora {
  /// The sentences to learn from.
  public let train: Corpus
  /// The sentences to choose by.
  public let dev: Corpus
  /// The labels, learnt from the training sentences.
  public let labels: LabelSet

  /// Reads the sentences.
  ///
  /// - Parameters:
  ///   - train: The sentences to learn from.
  ///   - dev: The sentences to choose by.
  ///   - test: The sentences to be judged by, which are read once and not kept; nil for none.
  ///   - log: Told what was mended in the tags, and what is odd about them.
  /// - Throws: `FileError` or `DataError` for a file that cannot be read, training sentences without an entity, and
  ///   development or test sentences all of whose types are unknown.
  public init(
    train: CorpusSource, dev: CorpusSource, test: CorpusSource?, log: (String) -> Void
  ) throws {
    self.train = try train.readTagged(log: log)
    self.dev = try dev.readTagged(log: log)
    labels = LabelSet(learnedFrom: self.train.examples)
    guard labels.count > 1 else {
      throw DataError(
        file: train.name,
        found: "no entity in \(self.train.examples.count) sentences: every tag is O",
        expected: "tags such as B-PER in the last column",
        remedy: "name the column of the tags with --columns, or give a corpus with entities")
    }
    try check(LabelSet(learnedFrom: self.dev.examples), of: dev, log: log)
    if let test { try check(LabelSet(learnedFrom: test.reader()), of: test, log: log) }
  }

  /// Says which types of other sentences nobody can learn from the training sentences.
  private func check(_ others: LabelSet, of source: CorpusSource, log: (String) -> Void) throws {
    let unknown = others.types.filter { labels.index(ofType: $0) == nil }
    if others.count == 1 {
      log("\(source.name): no sentence has an entity, so its F1 tells nothing")
    } else if unknown.count == others.types.count {
      throw DataError(
        file: source.name, found: "the types \(unknown.joined(separator: " "))",
        expected: "some of those of \(train.name): \(labels.types.joined(separator: " "))",
        remedy: "give sentences with the same tags")
    } else if !unknown.isEmpty {
      log("\(source.name): \(train.name) has no entity of \(unknown.joined(separator: ", "))")
    }
  }
}

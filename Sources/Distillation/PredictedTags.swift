import Corpora
import Evaluation
import Files

/// Tags that some tagger left in the last column of a column file.
public struct PredictedTags {
  private let corpus: Corpus

  /// Reads a column file; tags may form illegal sequences.
  ///
  /// - Throws: `FileError` or `DataError` if it cannot be read or has no tags.
  public init(path: String) throws {
    corpus = try CorpusSource(path: path, otherwise: .test).readTagged()
  }

  /// The entity score against gold tags of the same words.
  ///
  /// - Throws: `DataError` at the first sentence whose words differ.
  public func score(against gold: Corpus) throws -> EntityScore {
    var score = EntityScore()
    guard corpus.sentences.count == gold.sentences.count else {
      throw DataError(
        file: corpus.name, found: "\(corpus.sentences.count) sentences",
        expected: "\(gold.sentences.count), as in \(gold.name)",
        remedy: "predict exactly those sentences")
    }
    for (predicted, sentence) in zip(corpus.sentences, gold.sentences) {
      guard predicted.words == sentence.words else {
        throw DataError(
          file: corpus.name, line: predicted.line, found: "other words",
          expected: "those of \(gold.name):\(sentence.line)",
          remedy: "predict exactly those sentences")
      }
      score.add(gold: sentence.tags, predicted: predicted.tags)
    }
    return score
  }
}

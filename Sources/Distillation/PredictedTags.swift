import Corpora
import Evaluation
import Files

/// Tags that some tagger left in a corpus file.
public struct PredictedTags {
  private let predictions: CorpusReader

  /// Opens the file; tags may form illegal sequences.
  ///
  /// - Throws: `FileError` if it cannot be opened.
  public init(path: String, format: CorpusFormat = CorpusFormat()) throws {
    predictions = try CorpusReader(path: path, format: format)
  }

  /// The entity score against gold tags of the same words; both files are read side by side.
  ///
  /// - Throws: `FileError` or `DataError` if one cannot be read, has no tags or no sentences; `DataError` at the first sentence
  ///   whose words differ or that has no partner.
  public func score(against gold: CorpusReader) throws -> EntityScore {
    var score = EntityScore()
    while true {
      let predicted = try predictions.nextTagged(1).first
      let sentence = try gold.nextTagged(1).first
      guard let predicted, let sentence else {
        if predicted == nil, sentence == nil { break }
        throw DataError(
          file: predictions.name, line: predicted?.line,
          found: predicted == nil
            ? "no more than \(score.sentences.count) sentences"
            : "more than \(score.sentences.count) sentences",
          expected: "as many as in \(gold.name)", remedy: "predict exactly those sentences")
      }
      guard predicted.words == sentence.words else {
        throw DataError(
          file: predictions.name, line: predicted.line, found: "other words",
          expected: "those of \(gold.name):\(sentence.line)",
          remedy: "predict exactly those sentences")
      }
      score.add(gold: sentence.tags, predicted: predicted.tags)
    }
    guard !score.sentences.isEmpty else { throw Corpus.noSentences(name: gold.name) }
    return score
  }
}

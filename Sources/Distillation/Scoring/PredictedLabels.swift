import Corpora
import Files
import Labels

/// Tags or labels that some model left in a corpus file, read side by side with the gold examples.
public final class PredictedLabels {
  private let predictions: CorpusReader
  private let task: any DistillationTask
  private var count = 0

  /// Opens the file; tags may form illegal sequences.
  ///
  /// - Throws: `FileError` if it cannot be opened.
  public init(
    path: String, task: TaskKind, format: CorpusFormat = CorpusFormat()
  ) throws {
    var format = format
    format.task = task
    self.task = task.task
    predictions = try CorpusReader(path: path, format: format)
  }

  /// The tags or labels of the next examples, which must have the same words.
  ///
  /// - Parameters:
  ///   - sentences: The gold sentences that follow those of the last call.
  ///   - gold: The name of their file.
  /// - Returns: One a row of each.
  /// - Throws: `FileError` or `DataError` if the file cannot be read or has no tags; `DataError` at the first sentence whose
  ///   words differ or that has no partner.
  public func answers(for sentences: [Example], of gold: String) throws -> [[String]] {
    let predicted = try predictions.nextLabelled(sentences.count)
    for (predicted, sentence) in zip(predicted, sentences)
    where !predicted.words.elementsEqual(
      sentence.words, by: { ByteString($0) == ByteString($1) })
    {
      throw DataError(
        file: predictions.name, line: predicted.line, found: "other words",
        expected: "those of \(gold):\(sentence.line)", remedy: "predict exactly those sentences")
    }
    count += predicted.count
    guard predicted.count == sentences.count else { throw otherCount("no more", of: gold) }
    return predicted.map { task.targets(of: $0) }
  }

  /// Makes sure that no sentence is left after the last gold one.
  ///
  /// - Throws: `DataError` if there is one; `FileError` or `DataError` if the file cannot be read.
  public func checkEnd(of gold: String) throws {
    if let more = try predictions.nextLabelled(1).first {
      throw otherCount("more", of: gold, line: more.line)
    }
  }

  private func otherCount(_ amount: String, of gold: String, line: Int? = nil) -> DataError {
    DataError(
      file: predictions.name, line: line, found: "\(amount) than \(count) sentences",
      expected: "as many as in \(gold)", remedy: "predict exactly those sentences")
  }
}

import Corpora
import Files
import Networks

extension BERTModel {
  /// Sentences as the network reads them.
  ///
  /// - Parameters:
  ///   - sentences: The sentences.
  ///   - file: The file that they come from, for the message.
  /// - Returns: An input for each sentence.
  /// - Throws: `DataError` for a sentence with more pieces than the model has positions.
  public func inputs(for sentences: [Sentence], in file: String) throws -> [BERTInput] {
    try sentences.map { sentence in
      if let input = input(sentence.words) { return input }
      throw DataError(
        file: file, line: sentence.line,
        found: "a sentence of \(tokenizer.encode(words: sentence.words).ids.count) pieces",
        expected: "at most \(network.configuration.maximumPositions), the model's positions",
        remedy: "split it by an empty line")
    }
  }
}

/// A labelled sentence in the fixed length that Hugging Face's token classification trains on.
public struct EncodedExample: Sendable, Equatable {
  /// The label of positions that no loss is taken at.
  public static let ignoredLabel: Int32 = -100
  /// The shortest length: `[CLS]` and `[SEP]` without a word.
  public static let shortestLength = 2

  /// The ids of the pieces, padded with `[PAD]`; length `max_len`.
  public let inputIDs: [Int32]
  /// 1 for pieces, 0 for padding; length `max_len`.
  public let attentionMask: [Int32]
  /// A word's label at its first piece, -100 elsewhere: further pieces, `[CLS]`, `[SEP]`, padding;
  /// length `max_len`.
  public let labels: [Int32]
  /// The number of words whose first piece, and so whose label, did not fit.
  public let cutWords: Int

  /// Pads or cuts an encoded sentence to a length; what is cut still ends with `[SEP]`.
  ///
  /// - Parameters:
  ///   - encoding: The sentence.
  ///   - wordLabels: A label a word.
  ///   - maxLength: The length of the example, at least `shortestLength`.
  ///   - sepID: The id of `[SEP]`.
  ///   - padID: The id of `[PAD]`.
  public init(
    _ encoding: WordEncoding, wordLabels: [Int32], maxLength: Int, sepID: Int32, padID: Int32
  ) {
    precondition(
      wordLabels.count == encoding.wordCount,
      "\(wordLabels.count) labels for \(encoding.wordCount) words")
    precondition(maxLength >= Self.shortestLength, "a length of \(maxLength), at least 2")
    let count = min(encoding.ids.count, maxLength)
    let padding = maxLength - count
    inputIDs =
      encoding.ids.prefix(count - 1) + [sepID] + Array(repeating: padID, count: padding)
    attentionMask = Array(repeating: 1, count: count) + Array(repeating: 0, count: padding)

    var labels = [Int32](repeating: Self.ignoredLabel, count: maxLength)
    var cutWords = 0
    for (word, piece) in encoding.firstPiece.enumerated() {
      if piece < count - 1 {
        labels[Int(piece)] = wordLabels[word]
      } else {
        cutWords += 1
      }
    }
    self.labels = labels
    self.cutWords = cutWords
  }
}

extension WordPieceTokenizer {
  /// Encodes a sentence of labelled words in a fixed length.
  ///
  /// - Parameters:
  ///   - words: The words of the sentence.
  ///   - labels: A label a word.
  ///   - maxLength: The length of the example, at least `EncodedExample.shortestLength`.
  /// - Returns: The example.
  public func example(words: [String], labels: [Int32], maxLength: Int) -> EncodedExample {
    EncodedExample(
      encode(words: words), wordLabels: labels, maxLength: maxLength, sepID: sepID, padID: padID)
  }
}

/// A labelled sentence, a window of one, or a text or pair of texts with one label, in the fixed length that Hugging Face's token
/// and sequence classification train on.
public struct EncodedExample: Sendable, Equatable {
  /// The label of positions that no loss is taken at.
  public static let ignoredLabel: Int32 = -100

  /// The ids of the pieces, padded with `[PAD]`; length `max_len`.
  public let inputIDs: [Int32]
  /// 1 for pieces, 0 for padding; length `max_len`.
  public let attentionMask: [Int32]
  /// The token type of the pieces of each word, or of each text of a pair; 0 for the special pieces of a sentence and for padding;
  /// length `max_len`.
  public let tokenTypeIDs: [Int32]
  /// A word's label at its first piece, -100 elsewhere: further pieces, `[CLS]`, `[SEP]`, padding, and words that another
  /// window answers for; length `max_len`.
  ///
  /// Of a text or pair its one label.
  public let labels: [Int32]

  /// Takes a window out of an encoded sentence and pads it.
  ///
  /// - Parameters:
  ///   - window: One of the sentence's windows.
  ///   - encoding: The sentence.
  ///   - wordLabels: A label a word of the sentence.
  ///   - wordTypes: The token type of each word's pieces; nil where all are 0.
  ///   - maxLength: The length of the example, at least the window's pieces and 2.
  ///   - padID: The id of `[PAD]`.
  public init(
    _ window: EncodingWindow, of encoding: WordEncoding, wordLabels: [Int32],
    wordTypes: [Int32]? = nil, maxLength: Int, padID: Int32
  ) {
    precondition(
      wordLabels.count == encoding.wordCount,
      "\(wordLabels.count) labels for \(encoding.wordCount) words")
    let count = window.pieces.count + 2
    let padding = maxLength - count
    precondition(padding >= 0, "\(count) pieces in a length of \(maxLength)")
    inputIDs =
      encoding.ids.prefix(1) + encoding.ids[window.pieces] + encoding.ids.suffix(1)
      + Array(repeating: padID, count: padding)
    let types = wordTypes.map { types in
      encoding.wordOfPiece[window.pieces].map { types[Int($0)] }
    }
    tokenTypeIDs =
      [0] + (types ?? Array(repeating: 0, count: window.pieces.count))
      + Array(repeating: 0, count: padding + 1)
    attentionMask = Array(repeating: 1, count: count) + Array(repeating: 0, count: padding)
    var labels = [Int32](repeating: Self.ignoredLabel, count: maxLength)
    for word in window.words {
      labels[Int(encoding.firstPiece[word]) - window.pieces.lowerBound + 1] = wordLabels[word]
    }
    self.labels = labels
  }

  /// Pads a text, or a pair of texts, that has one label.
  ///
  /// - Parameters:
  ///   - encoding: The text or pair.
  ///   - label: Its label.
  ///   - maxLength: The length of the example, at least the pieces of the encoding.
  ///   - padID: The id of `[PAD]`.
  public init(_ encoding: SequenceEncoding, label: Int32, maxLength: Int, padID: Int32) {
    let count = encoding.ids.count
    let padding = maxLength - count
    precondition(padding >= 0, "\(count) pieces in a length of \(maxLength)")
    inputIDs = encoding.ids + Array(repeating: padID, count: padding)
    attentionMask = Array(repeating: 1, count: count) + Array(repeating: 0, count: padding)
    tokenTypeIDs = encoding.types + Array(repeating: 0, count: padding)
    labels = [label]
  }
}

extension WordPieceTokenizer {
  /// Encodes a sentence of labelled words in a fixed length.
  ///
  /// - Parameters:
  ///   - words: The words of the sentence.
  ///   - labels: A label a word.
  ///   - types: The token type of each word's pieces; nil where all are 0.
  ///   - maxLength: The length of an example, at least `WordEncoding.shortestWindow`.
  /// - Returns: One example; or one a window, where the sentence is longer. Each word has its label in one of them.
  public func examples(
    words: [String], labels: [Int32], types: [Int32]? = nil, maxLength: Int
  ) -> [EncodedExample] {
    let encoding = encode(words: words)
    return encoding.windows(maxLength: maxLength).map {
      EncodedExample(
        $0, of: encoding, wordLabels: labels, wordTypes: types, maxLength: maxLength, padID: padID)
    }
  }
}

/// A text, or a pair of texts, as the ids of its pieces within a length, as a classifier of texts reads it.
///
///     [CLS] a [SEP]                  types 0 0 0
///     [CLS] a [SEP] b [SEP]          types 0 0 0 1 1
///     <s> a </s> </s> b </s>         MPNet, which has no token types
public struct SequenceEncoding: Sendable, Equatable {
  /// The ids of T pieces, the special ones among them.
  public let ids: [Int32]
  /// The token type of each piece, length T: 1 in the second text and the separator after it, else 0.
  public let types: [Int32]
  /// The pieces of the texts that did not fit.
  public let cutCount: Int

  /// The length in which each text of a pair has at least one piece, whatever the tokenizer.
  public static let shortestLength = 6
}

extension WordPieceTokenizer {
  /// Encodes a text, or a pair of texts, and cuts it to a length as Hugging Face does with `truncation="longest_first"`.
  ///
  /// Words become pieces as in `encode(words:)`.
  ///
  /// - Parameters:
  ///   - words: The words of the text, or of the first of two.
  ///   - second: The words of the second text; nil where there is one text.
  ///   - maxLength: The most pieces, special ones included; at least `SequenceEncoding.shortestLength`.
  /// - Returns: The pieces and how many were cut off.
  public func encode(
    words: [String], second: [String]? = nil, maxLength: Int
  ) -> SequenceEncoding {
    precondition(
      maxLength >= SequenceEncoding.shortestLength, "a length of \(maxLength), at least 6")
    let first = pieces(ofText: words)
    guard let second = second.map(pieces(ofText:)) else {
      let kept = min(first.count, maxLength - 2)
      return SequenceEncoding(
        ids: [clsID] + first.prefix(kept) + [sepID],
        types: Array(repeating: 0, count: kept + 2), cutCount: first.count - kept)
    }
    let separators = Array(repeating: sepID, count: settings.separatorsInPair)
    let kept = Self.longestFirst(
      first.count, second.count, capacity: maxLength - separators.count - 2)
    let start = [clsID] + first.prefix(kept.first) + separators
    let end = second.prefix(kept.second) + [sepID]
    return SequenceEncoding(
      ids: start + end,
      types: Array(repeating: 0, count: start.count) + Array(repeating: 1, count: end.count),
      cutCount: first.count + second.count - kept.first - kept.second)
  }

  /// The lengths of two texts after the longer one has lost a piece at a time until both fit: all of the shorter one where it
  /// has at most half of the room, else half of the room each.
  ///
  /// Of an odd room the longer text has one piece more, of two equally long ones the second.
  static func longestFirst(
    _ first: Int, _ second: Int, capacity: Int
  ) -> (first: Int, second: Int) {
    guard first + second > capacity else { return (first, second) }
    let shorter = min(first, second, capacity / 2)
    let longer = capacity - shorter
    return first > second ? (longer, shorter) : (shorter, longer)
  }

  /// The ids of a text's pieces, without special ones.
  private func pieces(ofText words: [String]) -> ArraySlice<Int32> {
    encode(words: words).ids.dropFirst().dropLast()
  }
}

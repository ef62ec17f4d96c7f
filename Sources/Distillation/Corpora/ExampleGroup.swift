import Corpora

/// Sentences that are in memory at a time: so many, or fewer if their text is long.
enum ExampleGroup {
  /// The most sentences of a group.
  static let maximumSentences = 8192
  /// About the most bytes that the words of a group take.
  static let maximumBytes = 1 << 25

  /// Reads the next group.
  ///
  /// - Parameter next: Gives the next sentence; nil at the end.
  /// - Returns: Its sentences; none at the end.
  static func read(_ next: () throws -> Example?) rethrows -> [Example] {
    var sentences: [Example] = []
    var bytes = 0
    while sentences.count < maximumSentences, bytes < maximumBytes, let sentence = try next() {
      sentences.append(sentence)
      bytes += sentence.words.reduce(0) { $0 + MemoryLayout<String>.stride + $1.utf8.count }
    }
    return sentences
  }
}

import Tagger

/// A sentence as the student reads it: the number of each word's type in a table of features.
public struct StudentInput: Sendable {
  /// The type of each word.
  let types: [Int32]
  /// The features of the types.
  let words: CorpusWords

  /// The number of words.
  public var wordCount: Int { types.count }

  /// Prepares sentences; the features of each word type are computed once.
  ///
  /// Only inputs of one and the same call may meet in a batch.
  ///
  /// - Parameters:
  ///   - sentences: The words of each sentence.
  ///   - vocabulary: How words become features.
  /// - Returns: An input for each sentence, in order.
  public static func inputs(
    for sentences: some Sequence<[String]>, vocabulary: StudentVocabulary
  ) -> [StudentInput] {
    var table = WordTable(vocabulary: vocabulary)
    let types = sentences.map { sentence in sentence.map { table.type(of: $0) } }
    let words = CorpusWords(table: table)
    return types.map { StudentInput(types: $0, words: words) }
  }
}

/// A word table that does not change any more, shared by all inputs that were made with it.
final class CorpusWords: Sendable {
  let table: WordTable

  init(table: WordTable) {
    self.table = table
  }
}

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
    var inputs = StudentInputs(vocabulary: vocabulary)
    for words in sentences { inputs.append(words) }
    return inputs.finished()
  }
}

/// Prepares sentences that come one after another, and keeps four bytes a word of them.
public struct StudentInputs {
  private var table: WordTable
  private var types: [[Int32]] = []

  /// None yet.
  public init(vocabulary: StudentVocabulary) {
    table = WordTable(vocabulary: vocabulary)
  }

  /// Prepares the next sentence's words.
  public mutating func append(_ sentence: [String]) {
    types.append(sentence.map { table.type(of: $0) })
  }

  /// An input for each sentence, in order; they may meet in a batch.
  public consuming func finished() -> [StudentInput] {
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

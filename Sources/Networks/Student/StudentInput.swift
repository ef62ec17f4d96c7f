import Labels
import StudentFormat
import Text

/// A sentence, a text or a pair of texts as the student reads it: the number of each word's type in a table of features.
public struct StudentInput: Sendable {
  /// The type of each word, those of a pair's second text after those of the first.
  let types: [Int32]
  /// The number of words of a pair's first text; nil for one text.
  let firstLength: Int?
  /// The features of the types.
  let words: CorpusWords

  /// The number of words.
  public var wordCount: Int { types.count }

  /// Some words of the sentence as a sentence of their own.
  func words(_ range: Range<Int>) -> StudentInput {
    StudentInput(types: Array(types[range]), firstLength: nil, words: words)
  }

  /// The one or two runs of words that the LSTM reads each by itself; of a text that gets one label its first words alone.
  func texts(for task: TaskKind) -> [ArraySlice<Int32>] {
    precondition(
      (firstLength != nil) == (task == .pair), "a student for the task \(task) got another input")
    guard !task.labelsWords else { return [types[...]] }
    let texts = firstLength.map { [types[..<$0], types[$0...]] } ?? [types[...]]
    return texts.map { $0.prefix(StudentConfiguration.longestText) }
  }

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

/// Prepares examples that come one after another, and keeps four bytes a word of them.
public struct StudentInputs {
  private var table: WordTable
  private var examples: [(types: [Int32], firstLength: Int?)] = []

  /// None yet.
  public init(vocabulary: StudentVocabulary) {
    table = WordTable(vocabulary: vocabulary)
  }

  /// Prepares the words of the next sentence, text or pair.
  ///
  /// - Parameters:
  ///   - words: The words, those of a pair's second text after those of the first.
  ///   - firstLength: The number of words of a pair's first text; nil for one text.
  public mutating func append(_ words: [String], firstLength: Int? = nil) {
    precondition(
      (0...words.count).contains(firstLength ?? 0), "\(firstLength ?? 0) of \(words.count) words")
    examples.append((words.map { table.type(of: $0) }, firstLength))
  }

  /// An input for each example, in order; they may meet in a batch.
  public consuming func finished() -> [StudentInput] {
    let words = CorpusWords(table: table)
    return examples.map {
      StudentInput(types: $0.types, firstLength: $0.firstLength, words: words)
    }
  }
}

/// The features of numbered word types, laid end to end: computed once for a corpus and then only looked up.
struct WordTable: Sendable {
  private var index = WordIndex()
  private var pieces: [Int32] = []
  private var pieceStarts = [0]
  private var characters: [Int32] = []
  private var characterStarts = [0]
  private var shapes: [WordShape] = []
  private var words: [Int32] = []
  private let vocabulary: StudentVocabulary

  /// An empty table.
  init(vocabulary: StudentVocabulary) {
    self.vocabulary = vocabulary
  }

  /// The type of a word, whose features are computed where it is new.
  mutating func type(of word: String) -> Int32 {
    let (number, isNew) = index.intern(word)
    if isNew {
      let features = vocabulary.features(of: word)
      pieces.append(contentsOf: features.pieces)
      pieceStarts.append(pieces.count)
      characters.append(contentsOf: features.characters)
      characterStarts.append(characters.count)
      shapes.append(features.shape)
      words.append(features.word)
    }
    return Int32(truncatingIfNeeded: number)
  }

  /// The place of a type among the words that have a vector; see `WordFeatures`.
  func word(of type: Int32) -> Int32 { words[Int(type)] }

  /// The pieces of a type.
  func pieces(of type: Int32) -> ArraySlice<Int32> {
    pieces[pieceStarts[Int(type)]..<pieceStarts[Int(type) + 1]]
  }

  /// The characters of a type.
  func characters(of type: Int32) -> ArraySlice<Int32> {
    characters[characterStarts[Int(type)]..<characterStarts[Int(type) + 1]]
  }

  /// The shape of a type.
  func shape(of type: Int32) -> WordShape { shapes[Int(type)] }
}

/// A word table that does not change any more, shared by all inputs that were made with it.
final class CorpusWords: Sendable {
  let table: WordTable

  init(table: WordTable) {
    self.table = table
  }
}

import Corpora
import Files
import Kernels
import ModelFiles
import Networks
import Runtime
import Text
import Tokenization

/// Makes word vectors for a student of a teacher: what its lower layers make of each word alone, reduced by PCA.
public struct TeacherVectors {
  /// The standard deviation of all numbers, about that of GloVe's.
  static let deviation: Float = 0.5

  /// The width of a vector.
  public let dimension: Int
  private let model: BERTModel
  /// The words that were counted.
  private var words: [String] = []
  /// How often each was.
  private var counts: [Int] = []
  private var index = WordIndex()

  /// The width of a vector where nothing else is asked for.
  public static let defaultDimension = 64

  /// The layers that are run where nothing else is asked for: two thirds, since the last ones turn to the task.
  public static func defaultLayers(of count: Int) -> Int { max(1, 2 * count / 3) }

  /// Reads the lower layers of a teacher.
  ///
  /// - Parameters:
  ///   - teacher: A Hugging Face directory, fine-tuned or not.
  ///   - layers: How many of its layers are run, 1 or more; nil for `defaultLayers`.
  ///   - dimension: The width of a vector, from 2 to the teacher's hidden size.
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong, too few layers or too small a hidden size.
  public init(teacher: String, layers: Int? = nil, dimension: Int = Self.defaultDimension) throws {
    let directory = try HuggingFaceDirectory(path: teacher)
    let sizes = directory.configuration
    guard (2...max(2, sizes.hiddenSize)).contains(dimension) else {
      throw DataError(
        file: directory.configurationPath, found: "hidden states of \(sizes.hiddenSize) numbers",
        expected: "at least the \(dimension) of a vector", remedy: "choose a smaller --dimension")
    }
    // No classifier is asked for, so that a BERT that is no tagger yet will do.
    model = try BERTModel(
      path: teacher, labels: ["O"],
      layers: .first(layers ?? Self.defaultLayers(of: sizes.layerCount)))
    self.dimension = dimension
  }

  /// Counts the words of sentences, in lower case where the teacher reads them so.
  ///
  /// - Throws: What the source throws.
  public mutating func count(_ source: any ExampleSource) throws {
    while let sentence = try source.next() {
      sentence.words.forEach { count($0) }
    }
  }

  /// The words that get a vector, the most frequent first.
  ///
  /// - Parameter fewest: How often a word must have been counted, unless it is a piece of the teacher's vocabulary. What an
  ///   unknown word is a student learns from those of its training sentences that have none, so it should be above 1.
  /// - Returns: The counted words, and behind them the pieces that are whole words and were not counted.
  public func words(countedAtLeast fewest: Int) -> [String] {
    let pieces = wholeWords()
    let whole = Set(pieces.map(ByteString.init))
    let counted = words.indices.filter {
      counts[$0] >= fewest || whole.contains(ByteString(words[$0]))
    }
    .sorted { (counts[$1], $0) < (counts[$0], $1) }.map { words[$0] }
    return counted + pieces.filter { index.number(of: $0) == nil }
  }

  /// Writes vectors as word2vec does: a line with their number and width, then a word and its numbers a line.
  ///
  /// - Parameters:
  ///   - words: The words.
  ///   - file: Where to.
  ///   - workers: The threads; of no effect on the result.
  /// - Throws: `FileError` when the system cannot write; `DataError` for no words or hidden states that are not finite.
  public func write(_ words: [String], to file: AtomicFileWriter, workers: Workers) throws {
    guard !words.isEmpty else {
      throw DataError(
        file: model.vocabularyPath, found: "no whole word, nor a word that came often enough",
        expected: "words to make vectors of", remedy: "give more text, or a lower --min-count")
    }
    let width = model.network.configuration.hiddenSize
    let states = FloatBuffer(count: words.count * width)
    let vectors = FloatBuffer(count: words.count * dimension)
    try withExtendedLifetime((states, vectors)) {
      let from = Matrix(states.base, rows: words.count, columns: width)
      let to = Matrix(vectors.base, rows: words.count, columns: dimension)
      model.writeStates(ofLoneWords: words, to: from, workers: workers)
      guard states.elements.allSatisfy(\.isFinite) else {
        throw DataError(
          file: model.vocabularyPath, found: "hidden states that are not finite",
          expected: "finite numbers", remedy: "take a teacher whose training did not diverge")
      }
      PieceTableReduction.reduce(from, into: to, standardDeviation: Self.deviation)
      try file.write("\(words.count) \(dimension)\n")
      for (row, word) in words.enumerated() {
        let numbers = (0..<dimension).map { "\(rounded(to[row, $0]))" }
        try file.write("\(word) \(numbers.joined(separator: " "))\n")
      }
    }
  }

  /// The pieces that, as words, are cut into themselves alone; special ones are none.
  private func wholeWords() -> [String] {
    let tokenizer = model.tokenizer
    let special = [
      tokenizer.padID, tokenizer.unknownID, tokenizer.clsID, tokenizer.sepID, tokenizer.maskID,
    ]
    return (0..<Int32(tokenizer.vocabulary.count)).compactMap { id in
      guard !special.contains(id), let piece = tokenizer.vocabulary.piece(id),
        tokenizer.encode(words: [piece]).ids.dropFirst().dropLast() == [id]
      else { return nil }
      return piece
    }
  }

  private mutating func count(_ word: String) {
    let word = model.tokenizerOptions.lowercase ? word.lowercased() : word
    // The file parts words by white space.
    guard !word.isEmpty, !word.contains(where: \.isWhitespace) else { return }
    let (number, isNew) = index.intern(word)
    if isNew {
      words.append(word)
      counts.append(0)
    }
    counts[number] += 1
  }

  /// Four places after the point, which a student's own rounding to 8 bits does not see.
  private func rounded(_ value: Float) -> Double { (Double(value) * 10_000).rounded() / 10_000 }
}

import Kernels
import StudentFormat

/// Word vectors as a student takes them over: the words to be tuned first, then the others.
public struct WordVectorTable: Sendable {
  /// The words in the order of the rows.
  public let words: WordList
  /// The vectors, [W, D].
  public let vectors: FloatBuffer
  /// How many there are, how many of them are tuned, and how wide they are.
  public let sizes: StudentConfiguration.WordVectors

  /// Arranges vectors.
  ///
  /// Tuned are those that a word of the training corpus finds: by itself, or by its lower-case form.
  ///
  /// - Parameters:
  ///   - words: The words, each once.
  ///   - values: Their vectors, one behind another.
  ///   - dimension: The width of a vector.
  ///   - corpus: The words of the training corpus, in any order and number.
  init(words: [String], values: [Float], dimension: Int, corpus: some Sequence<String>) {
    let list = WordList(words)
    precondition(
      list.count == words.count && values.count == words.count * dimension,
      "\(values.count) numbers for \(list.count) different words of \(words.count)")
    var isTuned = [Bool](repeating: false, count: words.count)
    for word in corpus {
      if let place = list.place(of: word) { isTuned[place] = true }
    }
    let order = words.indices.filter { isTuned[$0] } + words.indices.filter { !isTuned[$0] }
    vectors = FloatBuffer(count: values.count)
    for (row, source) in order.enumerated() {
      for j in 0..<dimension {
        vectors.base[row * dimension + j] = values[source * dimension + j]
      }
    }
    self.words = WordList(order.map { words[$0] })
    sizes = StudentConfiguration.WordVectors(
      count: words.count, tunedCount: isTuned.count { $0 }, dimension: dimension)
  }
}

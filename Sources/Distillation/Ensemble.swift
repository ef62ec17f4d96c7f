import Corpora
import Kernels
import Labels
import Networks
import Runtime

/// Taggers of the same labels, BERTs and students, whose logits are averaged.
struct Ensemble {
  /// The labels, in the order of the columns.
  let labels: [String]
  private let members: [LabellingTeacher]

  /// Opens the taggers.
  ///
  /// - Parameters:
  ///   - paths: Their directories, at least one.
  ///   - labels: The labels in the order of the columns, whose types each tagger must know; nil for the first one's.
  ///   - precision: The numbers in which the linear layers of BERTs multiply.
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong, or a tagger of other labels.
  init(_ paths: [String], labels: [String]? = nil, precision: Precision = .fp32) throws {
    precondition(!paths.isEmpty, "no tagger")
    let labels = try labels ?? LabellingTeacher.labels(path: paths[0])
    members = try paths.map {
      try LabellingTeacher(path: $0, labels: labels, precision: precision)
    }
    self.labels = labels
  }

  /// The means of the logits of all words of sentences.
  ///
  /// - Returns: A row of L numbers a word, in order, and the pieces that all members read, [CLS] and [SEP] included.
  /// - Throws: `DataError` for logits that are not finite.
  func logits(
    of sentences: [Example], workers: Workers
  ) throws -> (means: FloatBuffer, pieces: Int) {
    let means = FloatBuffer(count: sentences.reduce(0) { $0 + $1.words.count } * labels.count)
    var pieces = 0
    for member in members {
      pieces += try member.add(
        1 / Float(members.count), ofLogitsOf: sentences, to: means, workers: workers)
    }
    return (means, pieces)
  }

  /// The label of the largest mean of each word of each sentence, in IOB2.
  ///
  /// - Throws: `DataError` for logits that are not finite.
  func tags(for sentences: [Example], workers: Workers) throws -> [[String]] {
    let means = try logits(of: sentences, workers: workers).means
    return withExtendedLifetime(means) {
      let rows = Matrix(
        means.base, rows: means.count / labels.count, columns: labels.count)
      let set = LabelSet(names: labels)
      var row = 0
      return sentences.map { sentence in
        defer { row += sentence.words.count }
        return set.tags(
          of: (row..<row + sentence.words.count).map { rows.largestColumn(ofRow: $0) })
      }
    }
  }
}

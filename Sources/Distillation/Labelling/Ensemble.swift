import Corpora
import Files
import Glibc
import Kernels
import Labels
import Networks
import Runtime
import Training

/// Models of the same labels, BERTs and students, whose logits are averaged.
///
/// A BiLSTM student counts with its logits, under a CRF with the logarithms of its marginals, which are logits of the same
/// distribution of each word.
struct Ensemble {
  /// The labels, in the order of the columns.
  let labels: [String]
  /// What the models are asked about an example.
  let task: TaskKind
  private let members: [Member]

  /// Adds a share of the logits of examples to the sums, a row of L numbers each; gives the words or pieces read.
  private typealias Member =
    @Sendable (
      _ share: Float, _ examples: [Example], _ sums: FloatBuffer
    ) throws(DataError) -> Int

  /// Opens the models.
  ///
  /// - Parameters:
  ///   - paths: Their directories, at least one.
  ///   - task: What they are asked about an example.
  ///   - labels: The labels in the order of the columns, which each model must know; nil for the first one's.
  ///   - precision: The numbers in which the linear layers of BERTs multiply.
  ///   - workers: The threads.
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong, or a model of other labels.
  init(
    _ paths: [String], task: TaskKind, labels: [String]? = nil, precision: Precision = .fp32,
    workers: Workers
  ) throws {
    precondition(!paths.isEmpty, "no model")
    let directories = try paths.map { try ModelDirectories.open($0) }
    let labels = try labels ?? directories[0].labelNames(for: task)
    members = try directories.map {
      try Self.member(
        $0.model(for: task), of: labels, task, precision: precision, workers: workers)
    }
    self.task = task
    self.labels = labels
  }

  /// Refuses a directory that is no model of the labels, or whose weights are not whole, before anything is made with it.
  ///
  /// - Returns: How its labels are turned into those, in words for the user; nil if they are the same.
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong, or other labels.
  static func check(path: String, task: TaskKind, labels: [String]) throws -> String? {
    let directory = try ModelDirectories.open(path)
    let notice = try LabelProjection(
      of: LabelSet(names: directory.labelNames(for: task)), to: LabelSet(names: labels), task,
      path: path
    ).notice
    try directory.checkWeights()
    return notice
  }

  private static func member<Model: ClassifierModel>(
    _ model: Model, of labels: [String], _ task: TaskKind, precision: Precision, workers: Workers
  ) throws -> Member {
    let projection = try LabelProjection(
      of: LabelSet(names: model.labels), to: LabelSet(names: labels), task, path: model.path)
    let prediction = model.prediction(precision, workers: workers)
    let probabilities = model.taughtProbabilities
    let width = labels.count
    return { (share, examples, sums) throws(DataError) in
      let inputs = model.inputs(for: examples, workers: workers)
      var firstRows: [Int] = []
      var rows = 0
      for input in inputs {
        firstRows.append(rows)
        rows += model.network.rowCount(of: input)
      }
      let starts = firstRows
      prediction.forEach(inputs) { example, logits in
        let target = sums.base + starts[example] * width
        guard let marginals = probabilities?(logits) else {
          projection.add(share, words: logits.rows, to: target) { logits[$0, $1] }
          return
        }
        projection.add(share, words: logits.rows, to: target) { row, label in
          let probability = marginals[row * logits.columns + label]
          return Float(log(max(probability, LabelProjection.minimumProbability)))
        }
      }
      guard withExtendedLifetime(sums, { sums.elements.allSatisfy(\.isFinite) }) else {
        throw model.overflow
      }
      return inputs.reduce(0) { $0 + model.network.cost(of: $1) }
    }
  }

  /// The number of rows that an example gets.
  func rowCount(of example: Example) -> Int { task.labelsWords ? example.words.count : 1 }

  /// The means of the logits of all rows of examples.
  ///
  /// - Returns: A row of L numbers for each word or example, in order, and the words or pieces that all models read, [CLS]
  ///   and [SEP] included.
  /// - Throws: `DataError` for logits that are not finite.
  func logits(of examples: [Example]) throws -> (means: FloatBuffer, pieces: Int) {
    let means = FloatBuffer(count: examples.reduce(0) { $0 + rowCount(of: $1) } * labels.count)
    var pieces = 0
    for member in members { pieces += try member(1 / Float(members.count), examples, means) }
    return (means, pieces)
  }

  /// The label of the largest mean of each row of each example; tags are in IOB2.
  ///
  /// - Throws: `DataError` for logits that are not finite.
  func answers(for examples: [Example]) throws -> [[String]] {
    let means = try logits(of: examples).means
    return withExtendedLifetime(means) {
      let rows = Matrix(
        means.base, rows: means.count / labels.count, columns: labels.count)
      let set = LabelSet(names: labels)
      var row = 0
      return examples.map { example in
        let count = rowCount(of: example)
        defer { row += count }
        let best = (row..<row + count).map { rows.largestColumn(ofRow: $0) }
        return task.labelsWords ? set.tags(of: best) : best.map { labels[$0] }
      }
    }
  }
}

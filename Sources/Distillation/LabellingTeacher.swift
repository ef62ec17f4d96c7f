import Corpora
import Files
import Glibc
import Kernels
import ModelFiles
import Networks
import Runtime
import StudentFormat
import Training

/// A teacher ready for labelling, whose logits stand in the order of the corpus' labels.
///
/// A BiLSTM student may teach, too: without a CRF by its logits, with one by the logarithms of its marginals, which are
/// logits of the same distribution of each word.
struct LabellingTeacher {
  private enum Model {
    case bert(BERTModel, PackedBERT)
    case student(StudentModel)
  }

  /// What stands for the logarithm of a probability that is smaller still.
  private static let leastProbability = 1e-7

  private let model: Model
  /// The teacher's own column of each label.
  private let columns: [Int]
  private let overflow: DataError

  /// Opens a teacher.
  ///
  /// - Parameters:
  ///   - path: Its directory.
  ///   - labels: The labels in the order of the columns; the teacher must have the same set.
  ///   - precision: The numbers in which its linear layers multiply.
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong, or other labels.
  init(path: String, labels: [String], precision: Precision) throws {
    let loaded = try LoadedModel(path: path)
    columns = try Self.columns(of: labels, among: loaded.labels, path: path)
    switch loaded {
    case .bert(let bert):
      model = .bert(
        bert, PackedBERT(bert.network, parameters: bert.parameters, precision: precision))
    case .student(let student): model = .student(student)
    }
    overflow = DataError(
      file: path, found: "a teacher with logits that are not finite", expected: "finite logits",
      remedy: "take a teacher whose training did not diverge")
  }

  /// The labels of a teacher in the order of its own columns, read before its weights are.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong, or no tagger.
  static func labels(path: String) throws -> [String] {
    if StudentModel.isStudent(path) {
      return try StudentConfiguration(path: StudentFolder(path: path).configurationPath).labels
    }
    let configuration = try HuggingFaceDirectory(path: path).configuration
    guard configuration.isTokenClassifier else {
      throw DataError(
        file: "\(path)/config.json", found: "a model that is no tagger", expected: "a tagger",
        remedy: "fine-tune it first: distill-bilstm finetune --teacher \(path)")
    }
    return configuration.labels
  }

  /// Refuses a directory that is no tagger of the labels, before its weights are read.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong, no tagger, or other labels.
  static func check(path: String, labels: [String]) throws {
    _ = try columns(of: labels, among: self.labels(path: path), path: path)
  }

  private static func columns(
    of labels: [String], among own: [String], path: String
  ) throws -> [Int] {
    let columns = labels.compactMap { own.firstIndex(of: $0) }
    guard own.count == labels.count, columns.count == labels.count else {
      throw DataError(
        file: "\(path)/config.json", found: "the labels \(own.joined(separator: " "))",
        expected: labels.joined(separator: " "),
        remedy: "take a tagger of these labels, or fine-tune one: distill-bilstm finetune")
    }
    return columns
  }

  /// Adds a share of the logits of all words to `sums`.
  ///
  /// - Parameters:
  ///   - share: What the logits are multiplied by.
  ///   - sentences: The sentences.
  ///   - sums: A row of L numbers a word, in order.
  ///   - workers: The threads.
  /// - Returns: The pieces read, [CLS] and [SEP] included; the words where the teacher reads words.
  /// - Throws: `DataError` for logits that are not finite.
  func add(
    _ share: Float, ofLogitsOf sentences: [Sentence], to sums: FloatBuffer, workers: Workers
  ) throws -> Int {
    var firstRows = [0]
    for sentence in sentences {
      firstRows.append(firstRows[firstRows.count - 1] + sentence.words.count)
    }
    let starts = firstRows
    let add = { @Sendable [columns] (sentence: Int, word: Int, logit: (Int) -> Float) in
      let target = sums.base + (starts[sentence] + word) * columns.count
      for (column, own) in columns.enumerated() { target[column] += share * logit(own) }
    }
    var read = starts[starts.count - 1]
    switch model {
    case .bert(let bert, let packed):
      let inputs = workers.map(sentences.count) { bert.input(sentences[$0].words) }
      read = inputs.reduce(0) { $0 + $1.ids.count }
      Prediction(bert, packed: packed, workers: workers).forEach(inputs) { sentence, logits in
        for word in 0..<logits.rows { add(sentence, word) { logits[word, $0] } }
      }
    case .student(let student):
      let network = student.network
      let chain =
        network.crf == nil ? nil : student.chain(temperature: network.configuration.temperature)
      Prediction(network, parameters: student.parameters, workers: workers)
        .forEach(student.inputs(for: sentences.map(\.words))) { sentence, logits in
          guard let chain else {
            for word in 0..<logits.rows { add(sentence, word) { logits[word, $0] } }
            return
          }
          let marginals = chain.posterior(logits.base, words: logits.rows).marginals
          for word in 0..<logits.rows {
            add(sentence, word) {
              Float(log(max(marginals[word * logits.columns + $0], Self.leastProbability)))
            }
          }
        }
    }
    guard withExtendedLifetime(sums, { sums.elements.allSatisfy(\.isFinite) }) else {
      throw overflow
    }
    return read
  }
}

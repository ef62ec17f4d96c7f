import Corpora
import Files
import Glibc
import Kernels
import Labels
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

  private let model: Model
  /// What turns the teacher's logits into those of the labels that are asked for.
  private let projection: LabelProjection
  private let labelCount: Int
  private let overflow: DataError

  /// Opens a teacher.
  ///
  /// - Parameters:
  ///   - path: Its directory.
  ///   - labels: The labels in the order of the columns, whose types the teacher must know.
  ///   - precision: The numbers in which its linear layers multiply.
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong, or other labels.
  init(path: String, labels: [String], precision: Precision) throws {
    let loaded = try LoadedModel(path: path)
    projection = try Self.projection(from: loaded.labels, to: labels, path: path)
    labelCount = labels.count
    switch loaded {
    case .bert(let bert):
      model = .bert(
        bert, PackedBERT(bert.network, parameters: bert.parameters, precision: precision))
    case .student(let student): model = .student(student)
    }
    overflow = LoadedModel.overflow(in: path)
  }

  /// The labels of a teacher in the order of its own columns, read before its weights are.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong, or no tagger.
  static func labels(path: String) throws -> [String] {
    if StudentModel.isStudent(path) {
      return try StudentConfiguration(path: StudentFolder(path: path).configurationPath).labels
    }
    return try HuggingFaceDirectory(path: path).labels().names
  }

  /// Refuses a directory that is no tagger of the labels, or whose weights are not whole, before anything is made with it.
  ///
  /// - Returns: How its labels are turned into those, in words for the user; nil if they are the same.
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong, no tagger, or other labels.
  static func check(path: String, labels: [String]) throws -> String? {
    let notice = try projection(from: self.labels(path: path), to: labels, path: path).notice
    if StudentModel.isStudent(path) {
      _ = try StudentModel(path: path)
    } else {
      _ = try HuggingFaceDirectory(path: path).weights()
    }
    return notice
  }

  private static func projection(
    from own: [String], to labels: [String], path: String
  ) throws -> LabelProjection {
    try LabelProjection(of: LabelSet(names: own), to: LabelSet(names: labels), path: path)
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
    _ share: Float, ofLogitsOf sentences: [Example], to sums: FloatBuffer, workers: Workers
  ) throws -> Int {
    var firstRows = [0]
    for sentence in sentences {
      firstRows.append(firstRows[firstRows.count - 1] + sentence.words.count)
    }
    let starts = firstRows
    let add = { @Sendable [projection, labelCount] (sentence: Int, logit: (Int, Int) -> Float) in
      projection.add(
        share, words: sentences[sentence].words.count,
        to: sums.base + starts[sentence] * labelCount, logit: logit)
    }
    var read = starts[starts.count - 1]
    switch model {
    case .bert(let bert, let packed):
      let inputs = workers.map(sentences.count) { bert.input(sentences[$0].words) }
      read = inputs.reduce(0) { $0 + $1.ids.count }
      Prediction(bert, packed: packed, workers: workers).forEach(inputs) { sentence, logits in
        add(sentence) { logits[$0, $1] }
      }
    case .student(let student):
      let network = student.network
      let chain =
        network.crf == nil ? nil : student.chain(temperature: network.configuration.temperature)
      Prediction(network, parameters: student.parameters, workers: workers)
        .forEach(student.inputs(for: sentences.map(\.words))) { sentence, logits in
          guard let chain else {
            add(sentence) { logits[$0, $1] }
            return
          }
          let marginals = chain.posterior(logits.base, words: logits.rows).marginals
          add(sentence) { word, label in
            let probability = marginals[word * logits.columns + label]
            return Float(log(max(probability, LabelProjection.minimumProbability)))
          }
        }
    }
    guard withExtendedLifetime(sums, { sums.elements.allSatisfy(\.isFinite) }) else {
      throw overflow
    }
    return read
  }
}

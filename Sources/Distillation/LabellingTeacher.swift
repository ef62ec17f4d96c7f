import Corpora
import Files
import Kernels
import ModelFiles
import Networks
import Training

/// A teacher packed for labelling, whose logits stand in the order of the corpus' labels.
struct LabellingTeacher {
  let model: BERTModel
  private let packed: PackedBERT
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
    model = try BERTModel(path: path)
    columns = try Self.columns(of: labels, among: model.network.labels, path: path)
    packed = PackedBERT(model.network, parameters: model.parameters, precision: precision)
    overflow = DataError(
      file: path, found: "a teacher with logits that are not finite", expected: "finite logits",
      remedy: "take a teacher whose training did not diverge")
  }

  /// Refuses a directory that is no tagger of the labels, before its weights are read.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong, no tagger, or other labels.
  static func check(path: String, labels: [String]) throws {
    let configuration = try HuggingFaceDirectory(path: path).configuration
    guard configuration.isTokenClassifier else {
      throw DataError(
        file: "\(path)/config.json", found: "a model that is no tagger", expected: "a tagger",
        remedy: "fine-tune it first: distill-bilstm finetune --teacher \(path)")
    }
    _ = try columns(of: labels, among: configuration.labels, path: path)
  }

  private static func columns(
    of labels: [String], among own: [String], path: String
  ) throws -> [Int] {
    let columns = labels.compactMap { own.firstIndex(of: $0) }
    guard own.count == labels.count, columns.count == labels.count else {
      throw DataError(
        file: "\(path)/config.json", found: "the labels \(own.joined(separator: " "))",
        expected: "the corpus' \(labels.joined(separator: " "))",
        remedy: "fine-tune the teacher on this corpus: distill-bilstm finetune")
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
  /// - Returns: The pieces read, [CLS] and [SEP] included.
  /// - Throws: `DataError` for logits that are not finite.
  func add(
    _ share: Float, ofLogitsOf sentences: [Sentence], to sums: FloatBuffer, workers: Workers
  ) throws -> Int {
    let inputs = workers.map(sentences.count) { [model] in model.input(sentences[$0].words) }
    var firstRows = [0]
    for sentence in sentences {
      firstRows.append(firstRows[firstRows.count - 1] + sentence.words.count)
    }
    let starts = firstRows
    Prediction(model, packed: packed, workers: workers)
      .forEach(inputs) { [columns] sentence, logits in
        for word in 0..<logits.rows {
          let target = sums.base + (starts[sentence] + word) * columns.count
          for (column, own) in columns.enumerated() {
            target[column] += share * logits[word, own]
          }
        }
      }
    guard withExtendedLifetime(sums, { sums.elements.allSatisfy(\.isFinite) }) else {
      throw overflow
    }
    return inputs.reduce(0) { $0 + $1.ids.count }
  }
}

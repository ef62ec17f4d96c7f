import JSON
import Kernels
import Layers
import ModelFiles
import Networks
import TestSupport
import Testing
import Tokenization
import Training

/// training.json, which Tests/References/training.py wrote.
struct TrainingReference {
  let json: JSONValue

  init() throws {
    json = try JSONValue.read(path: fixture("TrainingTests/Fixtures/training.json"))
  }

  func cases(_ key: String) throws -> [JSONValue] { try #require(json[key]?.array) }
}

extension JSONValue {
  func integer(_ key: String) throws -> Int { try #require(self[key]?.int) }

  func integers(_ key: String) throws -> [Int] {
    try #require(self[key]?.array).compactMap(\.int)
  }

  func lists(_ key: String) throws -> [[Int]] {
    try #require(self[key]?.array).map { try #require($0.array).compactMap(\.int) }
  }

  func numbers(_ key: String) throws -> [Double] {
    try #require(self[key]?.array).compactMap(\.double)
  }
}

/// The teacher's logits by a formula.
struct FormulaLogits: TeacherLogits {
  private let floats: FloatBuffer
  private let labels: Int

  init(rows: Int, labels: Int) {
    self.labels = labels
    floats = FloatBuffer(count: rows * labels)
    for (n, value) in chirp(floats.count, phase: 0.9, scale: 3).enumerated() {
      floats.base[n] = value
    }
  }

  func row(_ index: Int) -> UnsafePointer<Float> { UnsafePointer(floats.base + index * labels) }
}

/// The tiny BERT and the twenty sentences of the reference.
struct TinyTask {
  var configuration: ModelConfiguration
  let inputs: [BERTInput]
  let gold: [[Int32]]
  let teacher: FormulaLogits
  let reference: JSONValue

  init() throws {
    let run = try #require(TrainingReference().json["run"])
    reference = run
    configuration = try ModelConfiguration(#require(run["config"]), file: "training.json")
    inputs = try zip(run.lists("ids"), run.lists("first_pieces")).map {
      BERTInput(ids: $0.map { Int32($0) }, firstPieces: $1.map { Int32($0) })
    }
    gold = try run.lists("gold").map { $0.map { Int32($0) } }
    teacher = FormulaLogits(
      rows: gold.reduce(0) { $0 + $1.count }, labels: configuration.labels.count)
  }

  var network: BERTNetwork { BERTNetwork(configuration) }

  /// The sentences with their labels and the rows of the teacher's logits.
  var examples: [TrainingExample<BERTInput>] {
    var row = 0
    return zip(inputs, gold).map { input, gold in
      defer { row += gold.count }
      return TrainingExample(input: input, gold: gold, teacherRow: row)
    }
  }

  /// Parameters by the formula.
  func parameters() -> FloatBuffer {
    let layout = network.layout
    let parameters = FloatBuffer(count: layout.count)
    for slice in layout.slices {
      let one: Float = slice.name.hasSuffix("LayerNorm.weight") ? 1 : 0
      for (n, value) in chirp(slice.count, phase: chirpPhase(of: slice.name)).enumerated() {
        parameters.base[slice.offset + n] = value + one
      }
    }
    return parameters
  }

  /// Tags of label numbers.
  func tags(_ labels: [[some BinaryInteger]]) -> [[String]] {
    labels.map { $0.map { configuration.labels[Int($0)] } }
  }
}

/// A sentence of two pieces a word, which the tiny BERT reads in overlapping windows.
struct LongSentence {
  /// The most pieces of a window.
  static let window = 8
  let input: BERTInput
  let gold: [Int32]

  init(words: Int) throws {
    let tokenizer = try WordPieceTokenizer(
      vocabulary: Vocabulary(
        pieces: ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "c", "."]))
    let encoding = tokenizer.encode(words: (0..<words).map { ["a.", "b.", "c."][$0 * $0 % 5 % 3] })
    input = BERTInput(encoding, maxLength: Self.window)
    gold = (0..<words).map { Int32($0 % 3) }
  }
}

/// The largest distance of two lists of numbers; infinite if they differ in length.
func distance(_ x: [Double], _ y: [Double]) -> Double {
  guard x.count == y.count else { return .infinity }
  return zip(x, y).reduce(0) { max($0, abs($1.0 - $1.1)) }
}

import JSON
import Kernels
import Labels
import Layers
import ModelFiles
import Networks
import TestSupport
import Testing

/// A case that Tests/References/bert.py wrote: a small BERT, DistilBERT or MPNet with weights by a formula.
struct BERTReference {
  /// The name of a case: its fixture and its place there.
  struct Name: Sendable, CustomTestStringConvertible {
    let fixture: String
    let index: Int
    var testDescription: String { "\(fixture)-\(index)" }
  }

  /// Taggers: BERT (0 to 2, 5), DistilBERT (3, 4), MPNet (6).
  static let taggers = (0..<7).map { Name(fixture: "bert_small", index: $0) }
  /// Classifiers of texts and pairs: BERT (0, 1), DistilBERT (2), MPNet (3).
  static let texts = (0..<4).map { Name(fixture: "bert_texts", index: $0) }
  static let all = taggers + texts

  let configuration: ModelConfiguration
  let inputs: [BERTInput]
  /// The labels of the words or texts, all examples one after another.
  let gold: [Int]
  /// The logits of all words or texts, [R, L].
  let logits: [Double]
  /// The mean cross-entropy.
  let loss: Double
  let gradients: JSONObject
  /// The shapes of the tensors that transformers saves, by name.
  let saved: JSONObject

  /// A tagger.
  init(_ index: Int) throws { try self.init(Self.taggers[index]) }

  init(_ name: Name) throws {
    let file = "\(name.fixture).json"
    let json = try JSONValue.read(path: fixture("NetworksTests/Fixtures/\(file)"))
    let this = try #require(json.array)[name.index]
    configuration = try ModelConfiguration(#require(this["config"]), file: file)
    let (ids, types) = (try Self.lists(this["ids"]), try Self.lists(this["types"]))
    inputs = try Self.lists(this["first_pieces"]).enumerated().map { sentence, firstPieces in
      BERTInput(
        ids: ids[sentence].map { Int32($0) }, types: types[sentence].map { Int32($0) },
        firstPieces: firstPieces.map { Int32($0) })
    }
    gold = try Self.lists(this["gold"]).flatMap { $0 }
    logits = try Self.numbers(this["logits"])
    loss = try #require(this["loss"]?.double)
    gradients = try #require(this["gradients"]?.object)
    saved = try #require(this["saved"]?.object)
  }

  /// What the model labels.
  var task: TaskKind { configuration.head == .sequence ? .pair : .tag }

  func gradient(_ name: String) throws -> [Double] { try Self.numbers(gradients[name]) }

  /// Fills a tensor by the formula.
  static func fill(_ slice: ParameterSlice, in parameters: FloatBuffer, scale: Double = 0.4) {
    let isGamma =
      slice.name.hasSuffix("LayerNorm.weight") || slice.name.hasSuffix("layer_norm.weight")
    let one: Float = isGamma ? 1 : 0
    let values = chirp(slice.count, phase: chirpPhase(of: slice.name), scale: scale)
    for (n, value) in values.enumerated() { parameters.base[slice.offset + n] = value + one }
  }

  static func numbers(_ json: JSONValue?) throws -> [Double] {
    try #require(json?.array).compactMap(\.double)
  }

  static func lists(_ json: JSONValue?) throws -> [[Int]] {
    try #require(json?.array).map { try #require($0.array).compactMap(\.int) }
  }
}

/// The largest distance of two lists of numbers; infinite if they differ in length.
func largestDistance(_ x: [Double], _ y: [Double]) -> Double {
  guard x.count == y.count else { return .infinity }
  return zip(x, y).reduce(0) { max($0, abs($1.0 - $1.1)) }
}

extension Matrix {
  /// The elements, row after row.
  var elements: [Double] {
    (0..<rows).flatMap { r in (0..<columns).map { Double(self[r, $0]) } }
  }
}

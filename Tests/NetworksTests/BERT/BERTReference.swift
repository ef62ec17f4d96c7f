import JSON
import Kernels
import Layers
import ModelFiles
import Networks
import TestSupport
import Testing

/// A case of bert_small.json, which Tests/References/bert.py wrote: a small BERT (0 to 2, 5), DistilBERT (3, 4) or MPNet (6) with
/// weights by a formula.
struct BERTReference {
  let configuration: ModelConfiguration
  let inputs: [BERTInput]
  /// The words' labels, all sentences one after another.
  let gold: [Int]
  /// The logits of all words, [W, L].
  let logits: [Double]
  /// The mean cross-entropy.
  let loss: Double
  let gradients: JSONObject
  /// The shapes of the tensors that transformers saves, by name.
  let saved: JSONObject

  static let count = 7
  /// The case whose token types are the shapes of words.
  static let withWordShapes = 5

  init(_ index: Int) throws {
    let json = try JSONValue.read(path: fixture("NetworksTests/Fixtures/bert_small.json"))
    let this = try #require(json.array)[index]
    configuration = try ModelConfiguration(#require(this["config"]), file: "bert_small.json")
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

import Glibc
import JSON
import Kernels
import Layers
import Networks
import StudentFormat
import TestSupport
import Testing
import Tokenization

/// What Tests/References/student.py wrote: a small student with parameters by formula, its logits and its gradients.
struct StudentReference {
  /// The students: the default one, one of two layers, one of two layers on word vectors.
  static let names = ["student", "student_layers", "student_vectors"]

  let json: JSONValue
  let network: StudentNetwork
  let vocabulary: StudentVocabulary
  let parameters: FloatBuffer
  let sentences: [[String]]

  init(_ name: String = "student") throws {
    json = try JSONValue.read(path: fixture("NetworksTests/Fixtures/\(name).json"))
    let json = json
    func size(_ key: String) throws -> Int { try #require(json[key]?.int) }
    func strings(_ value: JSONValue?) throws -> [String] {
      try #require(value?.array).compactMap(\.string)
    }
    let pieces = try strings(json["pieces"])
    let characters = try #require(json["characters"]?.string)
    vocabulary = StudentVocabulary(
      characters: Array(characters.unicodeScalars),
      tokenizer: try WordPieceTokenizer(vocabulary: Vocabulary(pieces: pieces)),
      words: json["words"] == nil ? nil : WordList(try strings(json["words"])))
    sentences = try #require(json["sentences"]?.array).map { try strings($0) }
    var configuration = StudentConfiguration(
      pieceCount: pieces.count, characterCount: vocabulary.characterCount,
      labels: try strings(json["labels"]), pieceDimension: try size("piece_dimension"),
      characterDimension: try size("character_dimension"), filters: try size("filters"),
      shapeDimension: try size("shape_dimension"), hidden: try size("hidden"))
    configuration.layers = json["layers"]?.int ?? 1
    var frozen: FloatBuffer?
    if let words = vocabulary.words {
      let vectors = FloatBuffer(count: words.count * configuration.pieceDimension)
      for n in 0..<vectors.count { vectors.base[n] = Float(0.4 * cos(1.3 * Double(n) + 0.9)) }
      configuration.wordVectors = StudentConfiguration.WordVectors(
        count: words.count, tunedCount: try size("tuned_words"),
        dimension: configuration.pieceDimension)
      frozen = vectors
    }
    network = StudentNetwork(configuration, frozenVectors: frozen)
    parameters = FloatBuffer(count: network.layout.count)
    for (phase, slice) in network.layout.slices.enumerated() {
      for n in 0..<slice.count {
        parameters.base[slice.offset + n] = Float(0.4 * cos(1.3 * Double(n) + Double(phase)))
      }
    }
  }

  var inputs: [StudentInput] {
    StudentInput.inputs(for: sentences, vocabulary: vocabulary)
  }

  /// The sum of the logits times cos(0.7 n + 1), and its gradient.
  static func loss(_ logits: Matrix, _ dLogits: Matrix) -> Double {
    (0..<logits.count).reduce(0) { sum, n in
      let weight = cos(0.7 * Double(n) + 1)
      dLogits.base[n] = Float(weight)
      return sum + weight * Double(logits.base[n])
    }
  }

  /// Loss and gradients of all parameters, the piece table's rows added up.
  func gradients(
    dropout: DropoutContext? = nil
  ) -> (loss: Double, gradients: FloatBuffer) {
    let gradients = FloatBuffer(count: network.layout.count)
    let workspace = Workspace()
    return withExtendedLifetime(workspace) {
      let (loss, sparse) = network.step(
        inputs, parameters: parameters.base, gradients: gradients.base, workspace: workspace,
        dropout: dropout, loss: Self.loss)
      for table in sparse {
        let dense = table.slice.matrix(in: gradients.base)
        for (n, id) in table.ids.enumerated() {
          add(table.rows.row(n), to: dense.row(Int(id)), count: dense.columns)
        }
      }
      return (loss, gradients)
    }
  }

  static func numbers(_ value: JSONValue?) throws -> [Double] {
    try #require(value?.array).compactMap(\.double)
  }

  /// The largest distance of two lists; infinite if they differ in length.
  static func distance(_ x: some Collection<Float>, _ y: [Double]) -> Double {
    guard x.count == y.count else { return .infinity }
    return zip(x, y).reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
  }
}

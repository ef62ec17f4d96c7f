import Glibc
import JSON
import Kernels
import Labels
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
  /// Those that label texts or pairs: by last states, and by maximum with two layers.
  static let classifierNames = [
    "student_sentence", "student_sentence_max", "student_pair", "student_pair_max",
  ]

  let json: JSONValue
  let network: StudentNetwork
  let vocabulary: StudentVocabulary
  let parameters: FloatBuffer
  let sentences: [[String]]
  /// The pairs of texts that a student for pairs is given, as `StudentInputs` takes them.
  let pairs: [(words: [String], firstLength: Int)]

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
    pairs = try (json["pairs"]?.array ?? []).map { pair in
      let texts = try #require(pair.array).map { try strings($0) }
      return (texts.flatMap(\.self), texts[0].count)
    }
    var configuration = StudentConfiguration(
      pieceCount: pieces.count, characterCount: vocabulary.characterCount,
      labels: try strings(json["labels"]), pieceDimension: try size("piece_dimension"),
      characterDimension: try size("character_dimension"), filters: try size("filters"),
      shapeDimension: try size("shape_dimension"), hidden: try size("hidden"))
    configuration.layers = json["layers"]?.int ?? 1
    if let task = json["task"]?.string {
      configuration.task = try #require(TaskKind(rawValue: task))
      configuration.headHidden = try size("head_hidden")
      let pooling = try #require(json["pooling"]?.string)
      configuration.pooling = try #require(StudentConfiguration.Pooling(rawValue: pooling))
    }
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
    guard network.configuration.task == .pair else {
      return StudentInput.inputs(for: sentences, vocabulary: vocabulary)
    }
    var inputs = StudentInputs(vocabulary: vocabulary)
    for pair in pairs { inputs.append(pair.words, firstLength: pair.firstLength) }
    return inputs.finished()
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
    of inputs: [StudentInput]? = nil, dropout: DropoutContext? = nil
  ) -> (loss: Double, gradients: FloatBuffer) {
    let gradients = FloatBuffer(count: network.layout.count)
    let workspace = Workspace()
    return withExtendedLifetime(workspace) {
      let (loss, sparse) = network.step(
        inputs ?? self.inputs, parameters: parameters.base, gradients: gradients.base,
        workspace: workspace, dropout: dropout, loss: Self.loss)
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

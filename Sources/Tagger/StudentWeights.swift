import Files
import Labels
import ModelFiles

/// The tensors of a student's model.safetensors, checked against its config.json.
struct StudentWeights {
  let file: SafetensorsFile
  let configuration: StudentConfiguration
  /// The most characters times filters that are multiplied out, 768 megabytes.
  private static let mostTapped = 1 << 26

  func tensor(_ name: String, _ shape: Int...) throws -> TensorFloats {
    try TensorFloats(name, shape: shape, in: file)
  }

  /// The tables of the words themselves.
  func lexicon() throws -> Lexicon {
    guard let sizes = configuration.wordVectors else {
      let width = configuration.pieceDimension
      return .pieces(
        try tensor("piece_embeddings.weight", configuration.pieceCount, width), width: width)
    }
    return .vectors(
      frozen: try tensor("word_vectors.weight", sizes.count, sizes.dimension),
      tuned: try tensor("tuned_vectors.weight", sizes.tunedRows, sizes.dimension), sizes)
  }

  /// The linear chain on the logits.
  func chain() throws -> LinearChain {
    guard configuration.hasCRF else {
      return LinearChain(labels: configuration.labels, temperature: configuration.temperature)
    }
    let count = configuration.labels.count
    func scores(_ name: String, _ shape: Int...) throws -> [Float] {
      let floats = try TensorFloats(name, shape: shape, in: file)
      return floats.withFloats { Array(UnsafeBufferPointer(start: $0, count: floats.count)) }
    }
    return LinearChain(
      labels: configuration.labels,
      scores: LinearChain.Scores(
        start: try scores("crf.start_transitions", count),
        end: try scores("crf.end_transitions", count),
        transitions: try scores("crf.transitions", count, count)),
      temperature: configuration.temperature)
  }

  /// Step 1 of CharacterCNN, once and for all: each character's embedding times each tap of the filters.
  func tappedCharacters() throws -> TensorFloats {
    let (count, width) = (configuration.characterCount, configuration.characterDimension)
    let filters = configuration.filters
    let embeddings = try tensor("char_embeddings.weight", count, width)
    let weight = try tensor("char_cnn.weight", filters, width, 3)
    // A file of a few megabytes can name sizes whose product is terabytes.
    guard count * filters <= Self.mostTapped else {
      throw DataError(
        file: file.path, found: "\(count) characters and \(filters) filters",
        expected: "a product of at most \(Self.mostTapped)")
    }
    let tapMajor = TensorFloats(count: 3 * filters * width) { target in
      for f in 0..<filters {
        for d in 0..<width {
          for k in 0..<3 {
            target[(k * filters + f) * width + d] = weight.base[(f * width + d) * 3 + k]
          }
        }
      }
    }
    let taps = PackedLinear(
      tapMajor, bias: TensorFloats(count: 3 * filters) { _ in }, inputs: width)
    return TensorFloats(count: count * 3 * filters) { target in
      embeddings.withFloats { taps.multiply($0, rows: count, into: target, scratch: target) }
    }
  }
}

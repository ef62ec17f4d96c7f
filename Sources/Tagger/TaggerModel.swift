import Files
import ModelFiles

/// A student directory ready for tagging: the piece table stays in the mapped file, the small rest is packed for speed.
///
/// It does not change any more, so several taggers, one a thread, may share it.
public final class TaggerModel: Sendable {
  /// The sizes and labels.
  public let configuration: StudentConfiguration
  let vocabulary: StudentVocabulary
  /// The piece table, [V, pieceDimension].
  let pieces: TensorFloats
  /// The shape table, [6, shapeDimension].
  let shapes: TensorFloats
  /// P of CharacterCNN: each character under each tap of the filters, [C, 3 F].
  let tappedCharacters: TensorFloats
  /// The bias of the character CNN, [F].
  let characterBias: TensorFloats
  /// weight_ih of both directions, [8H, I].
  let inputWeight: PackedWeight
  /// bias_ih + bias_hh of both directions, [8H].
  let bias: TensorFloats
  /// weight_hh of each direction, [4H, H].
  let recurrentWeights: [PackedWeight]
  /// The classifier, [L, 2H] and [L].
  let classifier: PackedWeight
  let classifierBias: TensorFloats

  /// Opens a student directory.
  ///
  /// - Throws: `FileError` if a file cannot be read, `DataError` if it holds something wrong.
  public init(path: String) throws {
    let folder = StudentFolder(path: path)
    configuration = try StudentConfiguration(path: folder.configurationPath)
    vocabulary = try folder.vocabulary(for: configuration).vocabulary
    let weights = try StudentWeights(
      file: SafetensorsFile(path: folder.weightsPath), configuration: configuration)
    let (hidden, labels) = (configuration.hidden, configuration.labels.count)
    pieces = try weights.tensor(
      "piece_embeddings.weight", configuration.pieceCount, configuration.pieceDimension)
    shapes = try weights.tensor(
      "shape_embeddings.weight", WordShape.allCases.count, configuration.shapeDimension)
    characterBias = try weights.tensor("char_cnn.bias", configuration.filters)
    tappedCharacters = try weights.tappedCharacters()
    bias = try weights.bias()
    inputWeight = try weights.inputWeight()
    recurrentWeights = try ["", "_reverse"].map { direction in
      let weight = try weights.tensor("lstm.weight_hh_l0\(direction)", 4 * hidden, hidden)
      return PackedWeight(weight, inputs: hidden, outputs: 4 * hidden)
    }
    let classifierWeight = try weights.tensor("classifier.weight", labels, 2 * hidden)
    classifier = PackedWeight(classifierWeight, inputs: 2 * hidden, outputs: labels)
    classifierBias = try weights.tensor("classifier.bias", labels)
  }
}

/// The tensors of a student's model.safetensors, checked against its config.json.
private struct StudentWeights {
  let file: SafetensorsFile
  let configuration: StudentConfiguration

  func tensor(_ name: String, _ shape: Int...) throws -> TensorFloats {
    try TensorFloats(file.tensor(named: name, shape: shape))
  }

  /// Step 1 of CharacterCNN, once and for all: each character's embedding times each tap of the filters.
  func tappedCharacters() throws -> TensorFloats {
    let (count, width) = (configuration.characterCount, configuration.characterDimension)
    let filters = configuration.filters
    let embeddings = try tensor("char_embeddings.weight", count, width)
    let weight = try tensor("char_cnn.weight", filters, width, 3)
    let tapMajor = TensorFloats(count: 3 * filters * width) { target in
      for f in 0..<filters {
        for d in 0..<width {
          for k in 0..<3 {
            target[(k * filters + f) * width + d] = weight.base[(f * width + d) * 3 + k]
          }
        }
      }
    }
    let packed = PackedWeight(tapMajor, inputs: width, outputs: 3 * filters)
    return TensorFloats(count: count * 3 * filters) { target in
      embeddings.withFloats { packed.multiply($0, rows: count, addingTo: target) }
    }
  }

  /// weight_ih of both directions, one above the other.
  func inputWeight() throws -> PackedWeight {
    let (gates, inputs) = (4 * configuration.hidden, configuration.wordDimension)
    let halves = try ["", "_reverse"].map {
      try tensor("lstm.weight_ih_l0\($0)", gates, inputs)
    }
    let both = TensorFloats(count: 2 * gates * inputs) { target in
      for (index, half) in halves.enumerated() {
        half.withFloats {
          (target + index * gates * inputs).update(from: $0, count: gates * inputs)
        }
      }
    }
    return PackedWeight(both, inputs: inputs, outputs: 2 * gates)
  }

  /// bias_ih + bias_hh of both directions, one behind the other.
  func bias() throws -> TensorFloats {
    let gates = 4 * configuration.hidden
    let parts = try ["", "_reverse"].map { direction in
      (
        try tensor("lstm.bias_ih_l0\(direction)", gates),
        try tensor("lstm.bias_hh_l0\(direction)", gates)
      )
    }
    return TensorFloats(count: 2 * gates) { target in
      for (index, (input, recurrent)) in parts.enumerated() {
        for j in 0..<gates { target[index * gates + j] = input.base[j] + recurrent.base[j] }
      }
    }
  }
}

/// One BiLSTM of a student, packed for speed.
struct TaggerLayer: Sendable {
  /// weight_ih of both directions, [8H, I].
  let inputWeight: PackedWeight
  /// bias_ih + bias_hh of both directions, [8H].
  let bias: TensorFloats
  /// weight_hh of each direction, [4H, H].
  let recurrentWeights: [PackedWeight]

  /// Packs the BiLSTM of a number, counted from the bottom.
  init(_ weights: StudentWeights, number: Int) throws {
    let hidden = weights.configuration.hidden
    let inputs = number == 0 ? weights.configuration.wordDimension : 2 * hidden
    bias = try Self.bias(weights, number)
    inputWeight = try Self.inputWeight(weights, number, inputs: inputs)
    recurrentWeights = try ["", "_reverse"].map { direction in
      let weight = try weights.tensor("lstm.weight_hh_l\(number)\(direction)", 4 * hidden, hidden)
      return PackedWeight(weight, inputs: hidden, outputs: 4 * hidden)
    }
  }

  /// weight_ih of both directions, one above the other.
  private static func inputWeight(
    _ weights: StudentWeights, _ number: Int, inputs: Int
  ) throws -> PackedWeight {
    let gates = 4 * weights.configuration.hidden
    let halves = try ["", "_reverse"].map {
      try weights.tensor("lstm.weight_ih_l\(number)\($0)", gates, inputs)
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
  private static func bias(_ weights: StudentWeights, _ number: Int) throws -> TensorFloats {
    let gates = 4 * weights.configuration.hidden
    let parts = try ["", "_reverse"].map { direction in
      (
        try weights.tensor("lstm.bias_ih_l\(number)\(direction)", gates),
        try weights.tensor("lstm.bias_hh_l\(number)\(direction)", gates)
      )
    }
    return TensorFloats(count: 2 * gates) { target in
      for (index, (input, recurrent)) in parts.enumerated() {
        for j in 0..<gates { target[index * gates + j] = input.base[j] + recurrent.base[j] }
      }
    }
  }
}

/// One BiLSTM of a student, packed for speed.
///
/// Gates of a word are [2, P / units, 4, units] in the order of `RecurrentWeight`, forward before backward.
struct TaggerLayer: Sendable {
  /// W x + b with weight_ih of both directions, [8P, I], and bias_ih + bias_hh, [8P].
  let input: PackedLinear
  /// weight_hh of each direction, [4H, H].
  let recurrentWeights: [RecurrentWeight]

  /// 8P, the width of a word's gates.
  var gateCount: Int { input.outputs }

  /// Packs the BiLSTM of a number, counted from the bottom.
  init(_ weights: StudentWeights, number: Int, precision: TaggerPrecision) throws {
    let hidden = weights.configuration.hidden
    let inputs = number == 0 ? weights.configuration.wordDimension : 2 * hidden
    input = try Self.input(weights, number, width: inputs, precision: precision)
    recurrentWeights = try ["", "_reverse"].map { direction in
      let weight = try weights.tensor("lstm.weight_hh_l\(number)\(direction)", 4 * hidden, hidden)
      return RecurrentWeight(weight, hidden: hidden, precision: precision)
    }
  }

  /// weight_ih of both directions, one above the other, with their biases.
  private static func input(
    _ weights: StudentWeights, _ number: Int, width: Int, precision: TaggerPrecision
  ) throws -> PackedLinear {
    let hidden = weights.configuration.hidden
    let halves = try ["", "_reverse"].map {
      try weights.tensor("lstm.weight_ih_l\(number)\($0)", 4 * hidden, width)
    }
    let gates = 8 * RecurrentWeight.padded(hidden)
    let both = TensorFloats(count: gates * width) { target in
      for (index, half) in halves.enumerated() {
        half.withFloats { source in
          forEachGate(hidden) { row, place in
            (target + (index * gates / 2 + place) * width)
              .update(from: source + row * width, count: width)
          }
        }
      }
    }
    return PackedLinear(
      both, bias: try bias(weights, number), inputs: width, precision: precision)
  }

  /// bias_ih + bias_hh of both directions, one behind the other.
  private static func bias(_ weights: StudentWeights, _ number: Int) throws -> TensorFloats {
    let hidden = weights.configuration.hidden
    let parts = try ["", "_reverse"].map { direction in
      (
        try weights.tensor("lstm.bias_ih_l\(number)\(direction)", 4 * hidden),
        try weights.tensor("lstm.bias_hh_l\(number)\(direction)", 4 * hidden)
      )
    }
    let gates = 8 * RecurrentWeight.padded(hidden)
    return TensorFloats(count: gates) { target in
      for (index, (input, recurrent)) in parts.enumerated() {
        forEachGate(hidden) { row, place in
          target[index * gates / 2 + place] = input.base[row] + recurrent.base[row]
        }
      }
    }
  }

  /// Calls `body` with each row of a weight in PyTorch's order and its place in a row of gates.
  private static func forEachGate(_ hidden: Int, _ body: (_ row: Int, _ place: Int) -> Void) {
    for gate in 0..<4 {
      for unit in 0..<hidden {
        body(gate * hidden + unit, RecurrentWeight.place(gate: gate, unit: unit))
      }
    }
  }
}

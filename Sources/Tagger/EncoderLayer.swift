import CKernels
import Kernels
import ModelFiles

/// One BiLSTM of a student, packed for speed.
///
/// Gates of a word are [2, P / units, 4, units] in the order of `RecurrentWeight`, forward before backward.
struct EncoderLayer: Sendable {
  /// W x + b with weight_ih of both directions, [8P, I], and bias_ih + bias_hh, [8P].
  let input: PackedProduct
  /// weight_hh of each direction, [4H, H].
  let recurrentWeights: [RecurrentWeight]

  /// 8P, the width of a word's gates.
  var gateCount: Int { input.outputs }

  /// Packs a BiLSTM of a file.
  init(
    _ tensors: BiLSTMTensors, in file: SafetensorsFile, precision: TaggerPrecision
  ) throws {
    let (width, hidden) = (tensors.inputs, tensors.hidden)
    func both(_ slices: [ParameterSlice]) throws -> [TensorFloats] {
      try slices.map { try TensorFloats($0, in: file) }
    }
    let weights = try both(tensors.weightIH)
    let biases = try zip(both(tensors.biasIH), both(tensors.biasHH)).map { ($0, $1) }
    recurrentWeights = try both(tensors.weightHH).map {
      RecurrentWeight($0, hidden: hidden, precision: precision)
    }
    let gates = 8 * RecurrentWeight.padded(hidden)
    let (weight, bias) = (FloatBuffer(count: gates * width), FloatBuffer(count: gates))
    for direction in 0...1 {
      let start = direction * gates / 2
      for gate in 0..<BiLSTMTensors.gates {
        for unit in 0..<hidden {
          let row = tensors.row(gate: gate, unit: unit)
          let place = start + RecurrentWeight.place(gate: gate, unit: unit)
          (weight.base + place * width)
            .update(from: weights[direction].base + row * width, count: width)
          let (input, recurrent) = biases[direction]
          bias.base[place] = input.base[row] + recurrent.base[row]
        }
      }
    }
    input = withExtendedLifetime((weights, biases, weight, bias)) {
      PackedProduct(
        weight: Matrix(weight.base, rows: gates, columns: width), bias: bias.base,
        precision: precision.usesInt8 ? .int8 : .fp32)
    }
  }
}

/// weight_hh of one direction, packed for the time step of `ck_lstm_step`.
///
/// Hidden units stand in blocks whose size the CPU decides, the last one filled up with units that stay zero; a row of gates
/// is [P / units, 4, units], P being the padded number of units.
struct RecurrentWeight: Sendable {
  /// H, the units.
  let hidden: Int
  private let packed: FloatBuffer
  private let isInt8: Bool

  /// Packs weight_hh, [4H, H], as floats or, where the CPU has the instructions, as int8 with a scale for each row.
  init(_ weight: TensorFloats, hidden: Int, precision: TaggerPrecision) {
    precondition(weight.slice.count == 4 * hidden * hidden, "\(weight.slice.shape) weights")
    self.hidden = hidden
    isInt8 = precision.usesInt8
    let size =
      isInt8 ? (ck_lstm_int8_size(hidden) + 3) / 4 : 4 * Self.padded(hidden) * hidden
    packed = FloatBuffer(count: size)
    withExtendedLifetime(weight) {
      if isInt8 {
        ck_lstm_pack_int8(weight.base, hidden, packed.base)
      } else {
        ck_lstm_pack(weight.base, hidden, packed.base)
      }
    }
  }

  /// P, the units with those that fill up the last block.
  static func padded(_ hidden: Int) -> Int {
    let units = ck_lstm_units()
    return (hidden + units - 1) / units * units
  }

  /// The place of a gate of a unit in a row of gates.
  static func place(gate: Int, unit: Int) -> Int {
    let units = ck_lstm_units()
    return (unit / units * 4 + gate) * units + unit % units
  }

  /// Sets states of `rows` sentences to zero; each takes P floats of memory.
  func clear(_ h: UnsafeMutablePointer<Float>, rows: Int) {
    let count = rows * Self.padded(hidden)
    if isInt8 {
      withUnsafeTemporaryAllocation(of: Float.self, capacity: count) { zeros in
        zeros.initialize(repeating: 0)
        ck_lstm_states_int8(zeros.baseAddress, count, h)
      }
    } else {
      h.update(repeating: 0, count: count)
    }
  }

  /// One time step of `rows` sentences: h and c go in, `next` and c out; h goes to `outputs`, too.
  func step(
    rows: Int, gates: UnsafePointer<UnsafePointer<Float>?>,
    outputs: UnsafePointer<UnsafeMutablePointer<Float>?>, h: UnsafeMutablePointer<Float>,
    next: UnsafeMutablePointer<Float>, c: UnsafeMutablePointer<Float>
  ) {
    if isInt8 {
      ck_lstm_step_int8(packed.base, hidden, rows, gates, outputs, h, next, c)
    } else {
      ck_lstm_step(packed.base, hidden, rows, gates, outputs, h, next, c)
    }
  }
}

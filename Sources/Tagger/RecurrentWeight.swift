import CKernels

/// weight_hh of one direction, packed for the time step of `ck_lstm_step`.
///
/// Hidden units stand in blocks whose size the CPU decides, the last one filled up with units that stay zero; a row of gates
/// is [P / units, 4, units], P being the padded number of units.
struct RecurrentWeight: Sendable {
  /// H, the units.
  let hidden: Int
  private let packed: TensorFloats
  private let isInt8: Bool

  /// Packs weight_hh, [4H, H], as floats or, where the CPU has the instructions, as int8 with a scale for each row.
  init(_ weight: TensorFloats, hidden: Int, precision: TaggerPrecision) {
    precondition(weight.count == 4 * hidden * hidden, "\(weight.count) weights")
    self.hidden = hidden
    isInt8 = precision.usesInt8
    let size =
      isInt8 ? (ck_lstm_int8_size(hidden) + 3) / 4 : 4 * Self.padded(hidden) * hidden
    packed = TensorFloats(count: size) { [isInt8] target in
      weight.withFloats {
        if isInt8 {
          ck_lstm_pack_int8($0, hidden, target)
        } else {
          ck_lstm_pack($0, hidden, target)
        }
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

import CKernels

/// A weight matrix and a bias, packed for many products y = x W^T + b: what PackedProduct of Kernels is, without OpenBLAS, which a
/// program that only tags does not link.
struct PackedLinear: Sendable {
  /// K, the width of x.
  let inputs: Int
  /// N, the width of y.
  let outputs: Int
  private let bias: TensorFloats
  /// W as floats, or as int8.
  private let panels: TensorFloats
  /// The scale of each output's int8 weights, [N], and their sum; without elements in fp32.
  private let scales: TensorFloats
  private let sums: [Int32]
  private let isInt8: Bool

  /// Packs W, [N, K], row after row, and b, [N], in fp32 or, where the CPU has the instructions, in int8.
  init(
    _ weight: TensorFloats, bias: TensorFloats, inputs: Int, precision: TaggerPrecision = .fp32
  ) {
    precondition(weight.count == inputs * bias.count, "\(weight.count) weights")
    let outputs = bias.count
    (self.inputs, self.outputs, self.bias) = (inputs, outputs, bias)
    guard precision.usesInt8 else {
      isInt8 = false
      panels = TensorFloats(count: ck_packed_size(inputs, outputs)) { panels in
        weight.withFloats { ck_pack_weight($0, inputs, outputs, panels) }
      }
      (scales, sums) = (TensorFloats(count: 0) { _ in }, [])
      return
    }
    isInt8 = true
    var sums = [Int32](repeating: 0, count: outputs)
    var quantized: TensorFloats?
    scales = TensorFloats(count: outputs) { scales in
      quantized = TensorFloats(count: (ck_int8_packed_size(inputs, outputs) + 3) / 4) { panels in
        weight.withFloats { ck_int8_pack($0, inputs, outputs, panels, scales, &sums) }
      }
    }
    panels = quantized ?? TensorFloats(count: 0) { _ in }
    self.sums = sums
  }

  /// The floats of scratch that `multiply` needs for so many rows.
  func scratchSize(rows: Int) -> Int {
    isInt8 ? 2 * rows + (rows * ck_int8_row_size(inputs) + 3) / 4 : 0
  }

  /// y = x W^T + b for some rows of x, which is finite; a row's y does not depend on the others.
  func multiply(
    _ x: UnsafePointer<Float>, rows: Int, into y: UnsafeMutablePointer<Float>,
    scratch: UnsafeMutablePointer<Float>
  ) {
    guard isInt8 else {
      for row in 0..<rows { (y + row * outputs).update(from: bias.base, count: outputs) }
      ck_packed_product(x, inputs, panels.base, inputs, outputs, y, outputs, rows)
      return
    }
    let zeros = UnsafeMutableRawPointer(scratch + rows).assumingMemoryBound(to: Int32.self)
    let quantized = UnsafeMutableRawPointer(scratch + 2 * rows)
    ck_int8_quantize(x, inputs, inputs, quantized, scratch, zeros, rows)
    ck_int8_product(
      quantized, scratch, zeros, panels.base, scales.base, sums, bias.base, inputs, outputs, y,
      outputs, rows)
  }
}

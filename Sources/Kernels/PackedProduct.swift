import CKernels

/// A weight [N, K] and a bias [N], packed once in some precision for many products Y = X W^T + b.
public final class PackedProduct: Sendable {
  /// K, the width of X.
  public let inputs: Int
  /// N, the width of Y.
  public let outputs: Int
  /// The numbers that are multiplied.
  public let precision: Precision
  private let bias: FloatBuffer
  /// The packed weight, in elements of the precision.
  private let packed: FloatBuffer
  /// The scale of each output, [N]; for int8.
  private let scales: FloatBuffer
  /// The sum of each output's quantised weights, [N] of Int32; for int8.
  private let sums: FloatBuffer

  /// Packs a weight.
  ///
  /// - Parameters:
  ///   - weight: W, [N, K], finite.
  ///   - bias: b, [N].
  ///   - precision: The numbers that are multiplied; any works on any CPU.
  public init(weight: Matrix, bias: UnsafePointer<Float>, precision: Precision) {
    precondition(weight.isContiguous, "the rows of the weight must follow one another")
    (inputs, outputs) = (weight.columns, weight.rows)
    self.precision = precision
    self.bias = FloatBuffer(count: outputs)
    self.bias.base.update(from: bias, count: outputs)
    let isQuantized = precision == .int8
    scales = FloatBuffer(count: isQuantized ? outputs : 0)
    sums = FloatBuffer(count: isQuantized ? outputs : 0)
    switch precision {
    case .fp32:
      packed = FloatBuffer(count: ck_packed_size(inputs, outputs))
      ck_pack_weight(weight.base, inputs, outputs, packed.base)
    case .bf16:
      packed = FloatBuffer(count: ck_bf16_packed_size(inputs, outputs) / 2)
      ck_bf16_pack(weight.base, inputs, outputs, packed.raw.assumingMemoryBound(to: UInt16.self))
    case .int8:
      packed = FloatBuffer(count: ck_int8_packed_size(inputs, outputs) / 4)
      ck_int8_pack(
        weight.base, inputs, outputs, packed.raw, scales.base,
        sums.raw.assumingMemoryBound(to: Int32.self))
    }
  }

  /// The floats of scratch that a product of so many rows needs.
  public func scratchSize(rows: Int) -> Int {
    switch precision {
    case .fp32: 0
    case .bf16: (rows * ck_bf16_row_size(inputs) + 1) / 2
    case .int8: 2 * rows + rows * ck_int8_row_size(inputs) / 4
    }
  }

  /// Y = X W^T + b.
  ///
  /// - Parameters:
  ///   - x: X, [M, K], finite.
  ///   - y: Y, [M, N], overwritten.
  ///   - scratch: Room for `scratchSize` floats.
  public func multiply(_ x: Matrix, into y: Matrix, scratch: UnsafeMutablePointer<Float>) {
    precondition(
      x.columns == inputs && y.columns == outputs && x.rows == y.rows,
      "\(x.rows) x \(x.columns) to \(y.rows) x \(y.columns) by \(outputs) x \(inputs)")
    let rows = x.rows
    let raw = UnsafeMutableRawPointer(scratch)
    switch precision {
    case .fp32:
      for r in 0..<rows { y.row(r).update(from: bias.base, count: outputs) }
      ck_packed_product(x.base, x.stride, packed.base, inputs, outputs, y.base, y.stride, rows)
    case .bf16:
      let rounded = raw.assumingMemoryBound(to: UInt16.self)
      ck_bf16_round(x.base, x.stride, inputs, rounded, rows)
      ck_bf16_product(
        rounded, packed.raw.assumingMemoryBound(to: UInt16.self), bias.base, inputs, outputs,
        y.base, y.stride, rows)
    case .int8:
      let zeros = (raw + 4 * rows).assumingMemoryBound(to: Int32.self)
      let quantized = raw + 8 * rows
      ck_int8_quantize(x.base, x.stride, inputs, quantized, scratch, zeros, rows)
      ck_int8_product(
        quantized, scratch, zeros, packed.raw, scales.base,
        sums.raw.assumingMemoryBound(to: Int32.self), bias.base, inputs, outputs, y.base, y.stride,
        rows)
    }
  }
}

extension FloatBuffer {
  /// The memory without its type.
  fileprivate var raw: UnsafeMutableRawPointer { UnsafeMutableRawPointer(base) }
}

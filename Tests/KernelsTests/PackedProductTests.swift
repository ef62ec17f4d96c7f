import CKernels
import Kernels
import Runtime
import TestSupport
import Testing

@Suite struct PackedProductTests {
  /// Shapes with whole and partial panels of 32 outputs, groups of 4 and 2 inputs, and tiles of 12, 4 and 1 rows; in the last a
  /// panel is so large that AVX2 takes two rows at a time.
  static let shapes = [
    (1, 1, 1), (17, 7, 33), (12, 64, 32), (29, 10, 50), (5, 130, 96), (48, 36, 15), (5, 516, 40),
  ]

  private struct Case {
    let x: FloatBuffer
    let w: FloatBuffer
    let bias: FloatBuffer
    let (rows, inputs, outputs): (Int, Int, Int)
    var xMatrix: Matrix { Matrix(x.base, rows: rows, columns: inputs) }
    var wMatrix: Matrix { Matrix(w.base, rows: outputs, columns: inputs) }

    init(_ shape: (Int, Int, Int)) {
      (rows, inputs, outputs) = shape
      var random = RandomStream(seed: 5, purpose: .testing, index: UInt64(inputs))
      func numbers(_ count: Int, _ mean: Double) -> FloatBuffer {
        let buffer = FloatBuffer(count: count)
        for i in 0..<count { buffer.base[i] = Float(random.normal() + mean) }
        return buffer
      }
      x = numbers(rows * inputs, 0.5)
      w = numbers(outputs * inputs, 0)
      bias = numbers(outputs, 0)
      // A row and an output of zeros have no range.
      if rows > 1 { xMatrix.rows(1..<2).clear() }
      if outputs > 2 { wMatrix.rows(2..<3).clear() }
    }

    func product(_ precision: Precision) -> [Float] {
      let packed = PackedProduct(weight: wMatrix, bias: bias.base, precision: precision)
      let y = FloatBuffer(count: rows * outputs)
      let scratch = FloatBuffer(count: packed.scratchSize(rows: rows))
      packed.multiply(
        xMatrix, into: Matrix(y.base, rows: rows, columns: outputs), scratch: scratch.base)
      return withExtendedLifetime((self, scratch)) { y.values }
    }
  }

  @Test(arguments: shapes) func equalsItsNaiveTwin(_ shape: (Int, Int, Int)) {
    let given = Case(shape)
    let (x, w, bias) = (given.x.values, given.w.values, given.bias.values)
    for precision in Precision.allCases {
      let y = given.product(precision)
      for r in 0..<given.rows {
        let row = Array(x[r * given.inputs..<(r + 1) * given.inputs])
        for n in 0..<given.outputs {
          let weights = Array(w[n * given.inputs..<(n + 1) * given.inputs])
          let expected = Naive.product(row, weights, bias: bias[n], precision: precision)
          let size = Float(given.inputs).squareRoot()
          // Integers are exact, so that only the last steps in float32 may differ.
          let tolerance: Float = precision == .int8 ? 2e-6 : 1e-5
          #expect(abs(y[r * given.outputs + n] - expected) <= tolerance * size * 4)
        }
      }
    }
  }

  @Test(arguments: shapes) func lowPrecisionIsNear(_ shape: (Int, Int, Int)) {
    let given = Case(shape)
    let exact = given.product(.fp32)
    // Half a step of int8 is as much larger as its largest number is smaller.
    let int8Tolerance = 0.05 * 127 / Float(ck_int8_largest_weight())
    for (precision, tolerance) in [(Precision.bf16, Float(0.02)), (.int8, int8Tolerance)] {
      let near = given.product(precision)
      let error = zip(exact, near).reduce(Float(0)) { max($0, abs($1.0 - $1.1)) }
      #expect(error <= tolerance * Float(given.inputs).squareRoot())
      // Also that it is no float32 product under another name.
      #expect(given.inputs < 2 || error > 0)
    }
  }

  /// Rows of quantised x and a w of whole numbers with a scale of 1, for which plain and fast must agree to the bit.
  @Test(arguments: shapes) func theFastInt8ProductEqualsThePlainOne(_ shape: (Int, Int, Int)) {
    let (rows, inputs, outputs) = shape
    var random = RandomStream(seed: 6, purpose: .testing, index: UInt64(inputs))
    // Of the first row all values are the largest.
    let (top, unit) = (Int(ck_int8_largest_value()), Int(ck_int8_largest_weight()))
    let q = (0..<rows * ck_int8_row_size(inputs)).map {
      UInt8($0 < ck_int8_row_size(inputs) ? top : random.integer(below: top + 1))
    }
    var w = (0..<outputs * inputs).map { _ in Float(random.integer(below: 2 * unit + 1) - unit) }
    // The largest of each row, which decides its scale; of the first row all are.
    for n in 0..<outputs {
      w[n * inputs + n % inputs] = Float(n % 2 == 0 ? unit : -unit)
    }
    for k in 0..<inputs { w[k] = Float(unit) }
    let packed = UnsafeMutableRawPointer.allocate(
      byteCount: ck_int8_packed_size(inputs, outputs), alignment: 64)
    defer { packed.deallocate() }
    var scales = [Float](repeating: 0, count: outputs)
    var sums = [Int32](repeating: 0, count: outputs)
    ck_int8_pack(w, inputs, outputs, packed, &scales, &sums)
    #expect(scales.allSatisfy { $0 == 1 } && sums[0] == Int32(unit * inputs))
    let zeros = (0..<rows).map { _ in Int32(random.integer(below: top + 1)) }
    let ones = [Float](repeating: 1, count: max(rows, outputs))
    let bias = [Float](repeating: 0, count: outputs)
    func run(
      _ kernel: (
        UnsafeRawPointer?, UnsafePointer<Float>?, UnsafePointer<Int32>?, UnsafeRawPointer?,
        UnsafePointer<Float>?, UnsafePointer<Int32>?, UnsafePointer<Float>?, Int, Int,
        UnsafeMutablePointer<Float>?, Int, Int
      ) -> Void
    ) -> [Float] {
      var out = [Float](repeating: -1, count: rows * (outputs + 3))
      kernel(q, ones, zeros, packed, ones, sums, bias, inputs, outputs, &out, outputs + 3, rows)
      return out
    }
    // Sums below 2^24, so exact in float32; what lies between the rows stays.
    #expect(run(ck_int8_product) == run(ck_int8_product_plain))
  }

  @Test func theRangeOfARowJustFits() {
    let x: [Float] = [-1, 0, 0.5, 4, 2, 3]
    var q = [UInt8](repeating: 9, count: 8)
    #expect(q.count == ck_int8_row_size(x.count))
    var (scale, zero) = (Float(0), Int32(0))
    ck_int8_quantize(x, x.count, x.count, &q, &scale, &zero, 1)
    let isOf7Bits = ck_int8_largest_value() == 127
    #expect(scale == 5 as Float / (isOf7Bits ? 127 : 255) && zero == (isOf7Bits ? 25 : 51))
    #expect(q == (isOf7Bits ? [0, 25, 38, 127, 76, 101, 0, 0] : [0, 51, 77, 255, 153, 204, 0, 0]))
  }
}

import BLAS
import CKernels
import Kernels
import Runtime
import Testing

/// The packed product against the naive product, for row counts and widths that do and do not fill its blocks.
@Suite struct PackedProductTests {
  @Test(arguments: [1, 2, 3, 4, 5, 7, 8, 9, 17])
  func equalsTheNaiveProduct(rows: Int) {
    for (inner, columns) in [(1, 1), (3, 32), (5, 33), (64, 9), (122, 160), (200, 800)] {
      var stream = RandomStream(seed: 1, purpose: .testing, index: UInt64(rows * inner))
      func random(_ rows: Int, _ columns: Int) -> (Matrix, FloatBuffer) {
        let memory = FloatBuffer(count: rows * columns)
        for n in 0..<memory.count { memory.base[n] = Float(stream.normal()) }
        return (Matrix(memory.base, rows: rows, columns: columns), memory)
      }
      let (x, xMemory) = random(rows, inner)
      let (w, wMemory) = random(columns, inner)
      let (out, outMemory) = random(rows, columns)
      let (expected, expectedMemory) = random(rows, columns)
      expected.copy(from: out)
      naiveGemm(x, .none, w, .transposed, into: expected, beta: 1)
      let packed = FloatBuffer(count: ck_packed_size(inner, columns))
      ck_pack_weight(w.base, inner, columns, packed.base)
      ck_packed_product(x.base, inner, packed.base, inner, columns, out.base, columns, rows)
      let distance = (0..<out.count).reduce(Float(0)) {
        max($0, abs(out.base[$1] - expected.base[$1]))
      }
      withExtendedLifetime((xMemory, wMemory, outMemory, expectedMemory, packed)) {
        #expect(distance < 1e-4, "\(inner) x \(columns)")
      }
    }
  }
}

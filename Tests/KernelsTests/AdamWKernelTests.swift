import CKernels
import Glibc
import Kernels
import TestSupport
import Testing

@Suite struct AdamWKernelTests {
  @Test(arguments: oddSizes) func stepsEqualTheTwins(_ count: Int) {
    let start = list(count, 1)
    let (w, m, v) = (buffer(start), FloatBuffer(count: count), FloatBuffer(count: count))
    var expected = start.map { (w: Double($0), m: 0.0, v: 0.0) }
    for step in 1...6 {
      let g = list(count, Double(step), scale: pow(10, Double(step % 3 - 2)))
      ck_adamw(
        w.base, g, m.base, v.base, count, 0.5, 0.01, 0.9, 0.999, 1e-8, 0.1,
        1 - powf(0.9, Float(step)), 1 - powf(0.999, Float(step)))
      for n in 0..<count {
        var this = expected[n]
        this.w = Naive.adamW(
          w: this.w, g: 0.5 * Double(g[n]), m: &this.m, v: &this.v, step: step,
          learningRate: 0.01, decay: 0.1)
        expected[n] = this
      }
    }
    #expect(distance(w.values, expected.map { Float($0.w) }) < 2e-6)
    #expect(distance(m.values, expected.map { Float($0.m) }) < 1e-6)
    #expect(distance(v.values, expected.map { Float($0.v) }) < 1e-6)
  }

  @Test func withoutGradientAndDecayNothingMoves() {
    let start = list(37, 1)
    let (w, m, v) = (buffer(start), FloatBuffer(count: 37), FloatBuffer(count: 37))
    let zeros = [Float](repeating: 0, count: 37)
    ck_adamw(
      w.base, zeros, m.base, v.base, 37, 1, 0.01, 0.9, 0.999, 1e-8, 0, 0.1, 0.001)
    #expect(w.values == start)
  }
}

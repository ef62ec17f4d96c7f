import CKernels
import Glibc
import Kernels
import TestSupport
import Testing

@Suite struct AdaDeltaKernelTests {
  @Test(arguments: oddSizes) func stepsEqualTheTwins(_ count: Int) {
    let start = list(count, 1)
    let (w, v, u) = (buffer(start), FloatBuffer(count: count), FloatBuffer(count: count))
    var expected = start.map { (w: Double($0), v: 0.0, u: 0.0) }
    for step in 1...6 {
      let g = list(count, Double(step), scale: pow(10, Double(step % 3 - 2)))
      ck_adadelta(w.base, g, v.base, u.base, count, 0.5, 0.8, 0.95, 1e-6)
      for n in 0..<count {
        var this = expected[n]
        this.w = Naive.adaDelta(
          w: this.w, g: 0.5 * Double(g[n]), v: &this.v, u: &this.u, learningRate: 0.8)
        expected[n] = this
      }
    }
    #expect(distance(w.values, expected.map { Float($0.w) }) < 2e-6)
    #expect(distance(v.values, expected.map { Float($0.v) }) < 1e-6)
    #expect(distance(u.values, expected.map { Float($0.u) }) < 1e-8)
  }
}

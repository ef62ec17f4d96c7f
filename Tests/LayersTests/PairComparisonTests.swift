import Kernels
import Layers
import TestSupport
import Testing

/// The comparison of two texts' vectors against its formula and finite differences of it.
@Suite struct PairComparisonTests {
  /// v of a pair in double precision.
  private func twin(_ h1: [Double], _ h2: [Double]) -> [Double] {
    h1 + h2 + zip(h1, h2).map { $0 * $1 } + zip(h1, h2).map { abs($0 - $1) }
  }

  /// The vectors of two texts a pair, some of whose elements are equal.
  private func vectors(pairs: Int, width: Int) -> [Float] {
    var h = list(2 * pairs * width, 1)
    for b in 0..<pairs {
      for j in stride(from: b, to: width, by: 3) {
        h[(2 * b + 1) * width + j] = h[2 * b * width + j]
      }
    }
    return h
  }

  @Test(arguments: [(1, 1), (2, 3), (3, 17), (5, 40)])
  func outputsAndGradientsEqualTheTwins(_ pairs: Int, _ width: Int) {
    let h = buffer(vectors(pairs: pairs, width: width))
    let dV = buffer(list(4 * pairs * width, 2))
    let (v, dH) = (FloatBuffer(count: dV.count), FloatBuffer(count: h.count))
    let states = Matrix(h.base, rows: 2 * pairs, columns: width)
    PairComparison.forward(states, into: Matrix(v.base, rows: pairs, columns: 4 * width))
    PairComparison.backward(
      states, dV: Matrix(dV.base, rows: pairs, columns: 4 * width),
      into: Matrix(dH.base, rows: 2 * pairs, columns: width))
    for b in 0..<pairs {
      func text(_ number: Int) -> [Double] { (0..<width).map { Double(states[number, $0]) } }
      let texts = [text(2 * b), text(2 * b + 1)]
      let weights = (0..<4 * width).map { Double(dV.base[b * 4 * width + $0]) }
      func loss(_ texts: [[Double]]) -> Double {
        zip(twin(texts[0], texts[1]), weights).reduce(0) { $0 + $1.0 * $1.1 }
      }
      for (j, value) in twin(texts[0], texts[1]).enumerated() {
        #expect(abs(Double(v.base[b * 4 * width + j]) - value) < 1e-6)
      }
      for number in 0...1 {
        for j in 0..<width {
          // Where both are equal, the slopes of the distance to both sides cancel out, as in PyTorch.
          let losses = [1e-6, -1e-6].map { step in
            var texts = texts
            texts[number][j] += step
            return loss(texts)
          }
          let slope = (losses[0] - losses[1]) / 2e-6
          #expect(abs(slope - Double(dH.base[(2 * b + number) * width + j])) < 1e-5)
        }
      }
    }
    withExtendedLifetime((h, dV, v, dH)) {}
  }
}

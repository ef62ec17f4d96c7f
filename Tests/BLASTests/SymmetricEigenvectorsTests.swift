import BLAS
import TestSupport
import Testing

@Suite struct SymmetricEigenvectorsTests {
  @Test(arguments: [0, 1, 2, 3, 10, 64]) func vectorsDiagonalise(_ size: Int) {
    let x = list(size * size, 1).map { Double($0) }
    let matrix = (0..<size * size).map { x[$0] + x[$0 % size * size + $0 / size] }
    let vectors = symmetricEigenvectors(matrix, size: size)
    #expect(vectors.count == size * size)
    func vector(_ n: Int) -> ArraySlice<Double> { vectors[n * size..<(n + 1) * size] }
    func dot(_ x: some Sequence<Double>, _ y: some Sequence<Double>) -> Double {
      zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }
    }
    var values: [Double] = []
    for n in 0..<size {
      let image = (0..<size).map { dot(matrix[$0 * size..<($0 + 1) * size], vector(n)) }
      let value = dot(image, vector(n))
      #expect(zip(image, vector(n)).allSatisfy { abs($0 - value * $1) < 1e-10 })
      for other in 0...n {
        #expect(abs(dot(vector(n), vector(other)) - (n == other ? 1 : 0)) < 1e-10)
      }
      values.append(value)
    }
    #expect(values == values.sorted(by: >))
  }
}

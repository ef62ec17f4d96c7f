import Kernels
import Layers
import Testing

/// The layer against its naive twin, and its gradients against finite differences of the twin in double precision.
@Suite struct LSTMGradientTests {
  struct Shape: Sendable, CustomTestStringConvertible {
    let inputs: Int
    let hidden: Int
    let lengths: [Int]
    var testDescription: String { "I \(inputs), H \(hidden), lengths \(lengths)" }
  }

  static let shapes = [
    Shape(inputs: 1, hidden: 1, lengths: [1]), Shape(inputs: 2, hidden: 3, lengths: [5]),
    Shape(inputs: 3, hidden: 2, lengths: [1, 1, 1]),
    Shape(inputs: 4, hidden: 5, lengths: [2, 6, 1]),
    Shape(inputs: 3, hidden: 4, lengths: [3, 3, 4, 0, 2]),
  ]

  /// The parameters of both directions in PyTorch's order, and the input.
  struct Point {
    var tensors: [[Double]]
    var x: [Double]

    init(_ shape: Shape) {
      let gates = 4 * shape.hidden
      let sizes = [gates * shape.inputs, gates * shape.hidden, gates, gates]
      tensors = (0..<8).map { formula(sizes[$0 % 4], phase: Double($0)) }
      x = formula(shape.lengths.reduce(0, +) * shape.inputs, phase: 0.5)
    }

    /// The twin's outputs, sentence after sentence.
    func outputs(_ shape: Shape) -> [Double] {
      let twins = [0, 4].map {
        NaiveLSTM(
          inputs: shape.inputs, hidden: shape.hidden, weightIH: tensors[$0],
          weightHH: tensors[$0 + 1], biasIH: tensors[$0 + 2], biasHH: tensors[$0 + 3])
      }
      var start = 0
      return shape.lengths.flatMap { length in
        let sentence = (start..<start + length).map {
          Array(x[$0 * shape.inputs..<($0 + 1) * shape.inputs])
        }
        start += length
        return zip(twins[0](sentence), twins[1](sentence, isReverse: true)).flatMap { $0 + $1 }
      }
    }

    func loss(_ shape: Shape) -> Double {
      outputs(shape).enumerated().reduce(0) { $0 + lossWeight($1.offset) * $1.element }
    }
  }

  /// The central difference of the loss along each element of one of the point's lists.
  func difference(_ shape: Shape, _ list: WritableKeyPath<Point, [Double]>) -> [Double] {
    let step = 1e-5
    var point = Point(shape)
    return point[keyPath: list].indices.map { index in
      let value = point[keyPath: list][index]
      point[keyPath: list][index] = value + step
      let above = point.loss(shape)
      point[keyPath: list][index] = value - step
      let below = point.loss(shape)
      point[keyPath: list][index] = value
      return (above - below) / (2 * step)
    }
  }

  @Test(arguments: shapes) func theLayerEqualsItsTwin(_ shape: Shape) throws {
    let bench = BiLSTMBench(inputs: shape.inputs, hidden: shape.hidden)
    try bench.fillByFormula()
    let point = Point(shape)
    let (output, _) = bench.run(point.x, lengths: shape.lengths)
    #expect(distance(output, point.outputs(shape)) < 1e-6)
  }

  @Test(arguments: shapes) func everyGradientEqualsTheFiniteDifference(_ shape: Shape) throws {
    let bench = BiLSTMBench(inputs: shape.inputs, hidden: shape.hidden)
    try bench.fillByFormula()
    let (_, dX) = bench.run(Point(shape).x, lengths: shape.lengths)
    #expect(distance(dX, difference(shape, \.x)) < 1e-5)
    for (index, name) in BiLSTMBench.names.enumerated() {
      let slice = try #require(bench.layout.slice(named: name))
      let gradient = slice.matrix(in: bench.gradients.base).numbers
      #expect(distance(gradient, difference(shape, \.tensors[index])) < 1e-5, "\(name)")
    }
  }
}

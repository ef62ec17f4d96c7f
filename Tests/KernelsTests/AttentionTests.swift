import BLAS
import CKernels
import Kernels
import TestSupport
import Testing

/// One head over one sentence, with q, k and v side by side in rows as the layer has them.
@Suite struct AttentionTests {
  struct Shape: Sendable {
    let pieces: Int
    let size: Int
    let dropout: Float
    var hasBias = false
    var stride: Int { 3 * size + 2 }
    var scale: Float { 1 / Float(size).squareRoot() }
  }

  static let shapes = [
    Shape(pieces: 1, size: 1, dropout: 0), Shape(pieces: 2, size: 3, dropout: 0),
    Shape(pieces: 7, size: 8, dropout: 0), Shape(pieces: 17, size: 5, dropout: 0),
    Shape(pieces: 33, size: 64, dropout: 0), Shape(pieces: 100, size: 32, dropout: 0),
    Shape(pieces: 1, size: 4, dropout: 0.5), Shape(pieces: 9, size: 6, dropout: 0.3),
    Shape(pieces: 40, size: 32, dropout: 0.1), Shape(pieces: 1, size: 3, dropout: 0, hasBias: true),
    Shape(pieces: 9, size: 6, dropout: 0, hasBias: true),
    Shape(pieces: 34, size: 16, dropout: 0.2, hasBias: true),
  ]
  private let key: UInt64 = 0xFEED_0123_4567_89AB

  @Test(arguments: shapes) func theContextEqualsItsTwin(_ shape: Shape) {
    let run = forward(shape)
    let (q, k, v) = (
      rows(run.input, 0, shape), rows(run.input, 1, shape), rows(run.input, 2, shape)
    )
    let bias = bias(shape)
    let probabilities = q.enumerated().map { i, query in
      Naive.softmax(
        k.enumerated().map { j, key in
          zip(query, key).reduce(0) { $0 + $1.0 * $1.1 } * shape.scale + bias(j - i)
        })
    }
    #expect(distance(run.probabilities, probabilities.flatMap { $0 }) < 2e-6)
    if shape.dropout == 0 {
      let expected = Naive.attention(q: q, k: k, v: v, scale: shape.scale, bias: bias)
        .flatMap { $0 }
      #expect(distance(run.context, expected) < 5e-6)
    }
    let weights = zip(run.probabilities, mask(shape)).map { $0 * $1 }
    let expected = product(weights, v.flatMap { $0 }, shape.pieces, shape.pieces, shape.size)
    #expect(distance(run.context, expected) < 5e-6)
  }

  /// The context that needs no backward pass, written where gaps between the rows show.
  @Test(arguments: shapes) func attendEqualsTheTwinToo(_ shape: Shape) {
    let (pieces, size) = (shape.pieces, shape.size)
    let input = buffer(list(pieces * shape.stride, 1, scale: 2))
    let context = buffer([Float](repeating: 7, count: pieces * (size + 1)))
    let scratch = FloatBuffer(count: ck_attend_scratch(pieces, size))
    let bias = bias(shape)
    let biases = buffer((1 - pieces..<pieces).map(bias))
    ck_attend(
      input.base, input.base + size, input.base + 2 * size, shape.stride, pieces, size, shape.scale,
      shape.hasBias ? biases.base + pieces - 1 : nil, context.base, size + 1, scratch.base)
    let (x, found) = withExtendedLifetime((biases, scratch)) { (input.values, context.values) }
    let expected = Naive.attention(
      q: rows(x, 0, shape), k: rows(x, 1, shape), v: rows(x, 2, shape), scale: shape.scale,
      bias: bias)
    #expect(distance(found, expected.flatMap { $0 + [7] }) < 5e-6)
  }

  /// dV = P'^T dC, dP = mask (dC V^T), dS_ij = sum over m of dP_im P_im (delta_mj - P_ij), dQ = s dS K, dK = s dS^T Q,
  /// dB_d = the sum of dS_ij with j - i = d.
  @Test(arguments: shapes) func theGradientsAreThoseOfTheFormula(_ shape: Shape) {
    let (pieces, size) = (shape.pieces, shape.size)
    let run = forward(shape)
    let dContext = list(pieces * size, 3)
    let d = FloatBuffer(count: pieces * shape.stride)
    let scratch = FloatBuffer(
      count: max(ck_attention_scratch(pieces, size), ck_attention_backward_scratch(pieces, size)))
    let dBias = buffer([Float](repeating: 1, count: 2 * pieces - 1))
    run.input.withUnsafeBufferPointer {
      guard let x = $0.baseAddress else { return }
      ck_attention_backward(
        x, x + size, x + 2 * size, shape.stride, pieces, size, shape.scale, run.probabilities,
        shape.dropout, key, dContext, size, d.base, d.base + size, d.base + 2 * size, shape.stride,
        shape.hasBias ? dBias.base + pieces - 1 : nil, scratch.base)
    }
    let found = d.values
    let (q, k, v) = (
      rows(run.input, 0, shape), rows(run.input, 1, shape), rows(run.input, 2, shape)
    )
    let (p, mask) = (run.probabilities, mask(shape))
    let weights = zip(p, mask).map { $0 * $1 }
    let dV = product(transposed(weights, pieces), dContext, pieces, pieces, size)
    let flipped = (0..<size).flatMap { column in v.map { $0[column] } }
    let dP = zip(product(dContext, flipped, pieces, size, pieces), mask).map { $0 * $1 }
    let dScores = (0..<pieces * pieces).map { n -> Float in
      let (i, j) = (n / pieces, n % pieces)
      let sum = (0..<pieces).reduce(0.0) { sum, m in
        let slope = (m == j ? 1 : 0) - Double(p[n])
        return sum + Double(dP[i * pieces + m]) * Double(p[i * pieces + m]) * slope
      }
      return Float(sum) * shape.scale
    }
    // Accumulated into ones.
    var dDistances = [Float](repeating: 1, count: 2 * pieces - 1)
    for n in dScores.indices where shape.hasBias {
      dDistances[n % pieces - n / pieces + pieces - 1] += dScores[n] / shape.scale
    }
    #expect(distance(dBias.values, dDistances) < 1e-5)
    let dQ = product(dScores, k.flatMap { $0 }, pieces, pieces, size)
    let dK = product(transposed(dScores, pieces), q.flatMap { $0 }, pieces, pieces, size)
    for (part, expected) in [dQ, dK, dV].enumerated() {
      #expect(distance(rows(found, part, shape).flatMap { $0 }, expected) < 1e-5, "part \(part)")
    }
    // Between the rows nothing is written.
    for row in 0..<pieces { #expect(found[row * shape.stride + 3 * size] == 0) }
  }

  private func forward(
    _ shape: Shape
  ) -> (input: [Float], probabilities: [Float], context: [Float]) {
    let (pieces, size) = (shape.pieces, shape.size)
    let input = list(pieces * shape.stride, 1, scale: 2)
    let probabilities = FloatBuffer(count: pieces * pieces)
    let context = FloatBuffer(count: pieces * size)
    let scratch = FloatBuffer(
      count: max(ck_attention_scratch(pieces, size), ck_attention_backward_scratch(pieces, size)))
    let bias = bias(shape)
    let biases = buffer((1 - pieces..<pieces).map(bias))
    input.withUnsafeBufferPointer {
      guard let x = $0.baseAddress else { return }
      ck_attention(
        x, x + size, x + 2 * size, shape.stride, pieces, size, shape.scale,
        shape.hasBias ? biases.base + pieces - 1 : nil, probabilities.base, shape.dropout, key,
        context.base, size, scratch.base)
    }
    return (input, probabilities.values, context.values)
  }

  /// The bias of each distance.
  private func bias(_ shape: Shape) -> (Int) -> Float {
    { shape.hasBias ? Float($0 % 5) / 3 : 0 }
  }

  /// The factors that dropout gives the attention weights.
  private func mask(_ shape: Shape) -> [Float] {
    let ones = buffer([Float](repeating: 1, count: shape.pieces * shape.pieces))
    ck_dropout(ones.base, ones.count, shape.dropout, key)
    return ones.values
  }

  private func rows(_ x: [Float], _ part: Int, _ shape: Shape) -> [[Float]] {
    (0..<shape.pieces).map { row in
      let start = row * shape.stride + part * shape.size
      return Array(x[start..<start + shape.size])
    }
  }

  private func transposed(_ x: [Float], _ size: Int) -> [Float] {
    (0..<size * size).map { x[$0 % size * size + $0 / size] }
  }

  private func product(_ a: [Float], _ b: [Float], _ m: Int, _ k: Int, _ n: Int) -> [Float] {
    let (x, y, z) = (buffer(a), buffer(b), FloatBuffer(count: m * n))
    naiveGemm(
      Matrix(x.base, rows: m, columns: k), .none, Matrix(y.base, rows: k, columns: n), .none,
      into: Matrix(z.base, rows: m, columns: n))
    return z.values
  }
}

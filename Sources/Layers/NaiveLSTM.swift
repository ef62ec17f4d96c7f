import Glibc

/// The naive twin of one direction of `BiLSTM`: one sentence, plain loops, double precision.
public struct NaiveLSTM: Sendable {
  /// I, the width of the input.
  public let inputs: Int
  /// H, the width of the output.
  public let hidden: Int
  /// W, [4H, I], row after row; gates in the order i, f, g, o.
  public var weightIH: [Double]
  /// U, [4H, H].
  public var weightHH: [Double]
  /// b, [4H].
  public var biasIH: [Double]
  /// b', [4H].
  public var biasHH: [Double]

  /// Takes the four tensors of one direction.
  public init(
    inputs: Int, hidden: Int, weightIH: [Double], weightHH: [Double], biasIH: [Double],
    biasHH: [Double]
  ) {
    self.inputs = inputs
    self.hidden = hidden
    self.weightIH = weightIH
    self.weightHH = weightHH
    self.biasIH = biasIH
    self.biasHH = biasHH
  }

  /// The outputs h of a sentence, [T][H], for its inputs x, [T][I]; in reverse the last word comes first.
  public func callAsFunction(_ x: [[Double]], isReverse: Bool = false) -> [[Double]] {
    var outputs = [[Double]](repeating: [], count: x.count)
    var h = [Double](repeating: 0, count: hidden)
    var c = h
    for t in isReverse ? Array(x.indices.reversed()) : Array(x.indices) {
      let a = (0..<4 * hidden).map { row in
        var sum = biasIH[row] + biasHH[row]
        for k in 0..<inputs { sum += weightIH[row * inputs + k] * x[t][k] }
        for k in 0..<hidden { sum += weightHH[row * hidden + k] * h[k] }
        return sum
      }
      for j in 0..<hidden {
        let (i, f, o) = (sigmoid(a[j]), sigmoid(a[hidden + j]), sigmoid(a[3 * hidden + j]))
        c[j] = f * c[j] + i * tanh(a[2 * hidden + j])
        h[j] = o * tanh(c[j])
      }
      outputs[t] = h
    }
    return outputs
  }

  private func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
}

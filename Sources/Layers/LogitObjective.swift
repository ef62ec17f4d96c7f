import Glibc
import Kernels

/// The losses of one row of logits z, [L], a word's or an example's, each with its gradient; their weighted sum is a
/// training objective.
public struct LogitObjective: Sendable, Equatable {
  /// The weight of the mean squared error to the teacher's logits.
  public var meanSquaredError: Float
  /// The weight of the Kullback-Leibler divergence from the teacher's distribution.
  public var divergence: Float
  /// T, at which both distributions are softened; positive.
  public var temperature: Float
  /// The weight of the cross-entropy with the gold label.
  public var crossEntropy: Float

  /// Weighs the three losses.
  public init(
    meanSquaredError: Float = 0, divergence: Float = 0, temperature: Float = 1,
    crossEntropy: Float = 0
  ) {
    precondition(temperature > 0, "temperature \(temperature)")
    self.meanSquaredError = meanSquaredError
    self.divergence = divergence
    self.temperature = temperature
    self.crossEntropy = crossEntropy
  }

  /// The weights and the temperature as lines `name=value`.
  public var keyLines: [String] {
    [
      "mean_squared_error=\(meanSquaredError)", "divergence=\(divergence)",
      "temperature=\(temperature)", "cross_entropy=\(crossEntropy)",
    ]
  }

  /// The cross-entropy with gold labels alone.
  public static let goldLabels = LogitObjective(crossEntropy: 1)

  /// The loss of one row, and its gradient added to dZ.
  ///
  /// - Parameters:
  ///   - z: The student's logits, [L].
  ///   - teacher: The teacher's logits t, [L]; nil where there are none.
  ///   - gold: The gold label, 0 ..< L; nil where there is none.
  ///   - dZ: dL/dz, [L], accumulated into.
  ///   - scale: A factor of loss and gradient, such as 1 / the number of rows of the batch.
  ///   - scratch: Room for 2 L floats.
  /// - Returns: The loss, scaled.
  public func row(
    _ z: UnsafeBufferPointer<Float>, teacher: UnsafePointer<Float>?, gold: Int?,
    gradient dZ: UnsafeMutablePointer<Float>, scale: Float, scratch: UnsafeMutablePointer<Float>
  ) -> Double {
    var loss = 0.0
    if let teacher, meanSquaredError != 0 {
      loss += squaredError(z, teacher, dZ, scale * meanSquaredError)
    }
    if let teacher, divergence != 0 {
      loss += softDivergence(z, teacher, dZ, scale * divergence, scratch)
    }
    if let gold, crossEntropy != 0 {
      loss += goldCrossEntropy(z, gold, dZ, scale * crossEntropy, scratch)
    }
    return loss
  }

  /// 1/L sum (z - t)^2; the gradient is 2/L (z - t).
  private func squaredError(
    _ z: UnsafeBufferPointer<Float>, _ t: UnsafePointer<Float>, _ dZ: UnsafeMutablePointer<Float>,
    _ scale: Float
  ) -> Double {
    let share = scale / Float(z.count)
    var sum: Float = 0
    for j in 0..<z.count {
      let difference = z[j] - t[j]
      sum += difference * difference
      dZ[j] += 2 * share * difference
    }
    return Double(sum * share)
  }

  /// T^2 KL(softmax(t / T) || softmax(z / T)); the gradient is T (softmax(z / T) - softmax(t / T)).
  ///
  /// Hinton, Vinyals and Dean 2015.
  private func softDivergence(
    _ z: UnsafeBufferPointer<Float>, _ t: UnsafePointer<Float>, _ dZ: UnsafeMutablePointer<Float>,
    _ scale: Float, _ scratch: UnsafeMutablePointer<Float>
  ) -> Double {
    let count = z.count
    let p = scratch
    let q = scratch + count
    let logP = logSumExp(UnsafeBufferPointer(start: t, count: count), exponentials: p)
    let logQ = logSumExp(z, exponentials: q)
    var sum: Float = 0
    for j in 0..<count {
      sum += p[j] * ((t[j] - z[j]) / temperature - logP + logQ)
      dZ[j] += scale * temperature * (q[j] - p[j])
    }
    return Double(scale * temperature * temperature * sum)
  }

  /// -log softmax(z)[gold]; the gradient is softmax(z) - onehot(gold).
  private func goldCrossEntropy(
    _ z: UnsafeBufferPointer<Float>, _ gold: Int, _ dZ: UnsafeMutablePointer<Float>,
    _ scale: Float, _ scratch: UnsafeMutablePointer<Float>
  ) -> Double {
    precondition(gold >= 0 && gold < z.count, "label \(gold) of \(z.count)")
    let hard = LogitObjective()
    let logSum = hard.logSumExp(z, exponentials: scratch)
    for j in 0..<z.count { dZ[j] += scale * (scratch[j] - (j == gold ? 1 : 0)) }
    return Double(scale * (logSum - z[gold]))
  }

  /// log sum exp(x / T); `exponentials` becomes softmax(x / T).
  private func logSumExp(
    _ x: UnsafeBufferPointer<Float>, exponentials: UnsafeMutablePointer<Float>
  ) -> Float {
    var largest = -Float.infinity
    for value in x { largest = max(largest, value) }
    var sum: Float = 0
    for j in 0..<x.count {
      exponentials[j] = expf((x[j] - largest) / temperature)
      sum += exponentials[j]
    }
    for j in 0..<x.count { exponentials[j] /= sum }
    return logf(sum) + largest / temperature
  }
}

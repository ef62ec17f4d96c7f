import TerminalUI

/// How well the probabilities that a model gives its predictions agree with how often they are right.
///
/// The predictions, entities that were found or labels of examples, are sorted by confidence and cut into M bins of equal mass:
/// bin m holds n_m of n, no two bins differing by more than one. With conf the mean confidence and acc the share of right
/// predictions in a bin, the expected calibration error (Naeini, Cooper and Hauskrecht 2015, with bins of equal mass) is
///
///     ECE = sum over m of n_m / n |acc_m - conf_m|
public struct Calibration: Sendable, Equatable {
  /// An entity that was found, or the label of an example.
  public struct Prediction: Sendable {
    /// The probability that the model gives it, 0 to 1.
    public let confidence: Double
    /// Whether type and words are those of a gold entity, or the label is the gold one.
    public let isCorrect: Bool

    /// Describes a prediction.
    public init(confidence: Double, isCorrect: Bool) {
      self.confidence = confidence
      self.isCorrect = isCorrect
    }
  }

  /// Predictions of like confidence.
  public struct Bin: Sendable, Equatable {
    /// The mean confidence, 0 to 1.
    public let meanConfidence: Double
    /// The share that is right, 0 to 1.
    public let accuracy: Double
    /// How many there are, at least 1.
    public let count: Int

    /// A bin that is known already, for example from a stored report.
    public init(meanConfidence: Double, accuracy: Double, count: Int) {
      self.meanConfidence = meanConfidence
      self.accuracy = accuracy
      self.count = count
    }
  }

  /// The bins by rising confidence; none of them is empty.
  public let bins: [Bin]

  /// A calibration that is known already, for example from a stored report.
  public init(bins: [Bin]) {
    self.bins = bins
  }

  /// Cuts predictions into at most `binCount` bins of equal mass; fewer where there are fewer predictions.
  public init(of predictions: [Prediction], binCount: Int = 10) {
    precondition(binCount > 0, "\(binCount) bins")
    // Equal confidences stay in the order in which they came.
    let order = predictions.indices.sorted {
      (predictions[$0].confidence, $0) < (predictions[$1].confidence, $1)
    }
    let count = min(binCount, order.count)
    bins = (0..<count).map { bin in
      let members = order[bin * order.count / count..<(bin + 1) * order.count / count]
      let confidence = members.reduce(0) { $0 + predictions[$1].confidence }
      let correct = members.count { predictions[$0].isCorrect }
      return Bin(
        meanConfidence: confidence / Double(members.count),
        accuracy: Double(correct) / Double(members.count), count: members.count)
    }
  }

  /// The number of predictions.
  public var count: Int { bins.reduce(0) { $0 + $1.count } }

  /// ECE, 0 to 1; 0 where there is no prediction.
  public var expectedError: Double {
    let sum = bins.reduce(0) { $0 + Double($1.count) * abs($1.accuracy - $1.meanConfidence) }
    return count == 0 ? 0 : sum / Double(count)
  }

  /// A line for people.
  ///
  /// - Parameter predictions: What the predictions are: `entities` or `examples`.
  /// - Returns: `calibration error 1.83 % over 5,500 entities`.
  public func text(of predictions: String) -> String {
    "calibration error \(format(100 * expectedError, decimals: 2)) % over "
      + "\(formatCount(count)) \(predictions)"
  }
}

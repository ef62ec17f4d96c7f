/// How far a long piece of work is; every field but the label may be missing.
public struct Progress: Sendable {
  /// What is being done: `epoch 2/3`.
  public var label: String
  /// The share that is done, in 0...1.
  public var fraction: Double?
  /// How many units are done in a second.
  public var rate: Double?
  /// What the rate counts: `words`.
  public var unit: String
  /// The current training loss.
  public var loss: Double?
  /// The name of the score on the development set, `F1`, and its value, a fraction in 0...1.
  public var devScore: (name: String, value: Double)?
  /// The time that is left in seconds; where it is missing, it follows from the fraction and the time so far.
  public var secondsLeft: Double?

  /// A state of the work.
  public init(
    label: String, fraction: Double? = nil, rate: Double? = nil, unit: String = "words",
    loss: Double? = nil, devScore: (name: String, value: Double)? = nil, secondsLeft: Double? = nil
  ) {
    self.label = label
    self.fraction = fraction
    self.rate = rate
    self.unit = unit
    self.loss = loss
    self.devScore = devScore
    self.secondsLeft = secondsLeft
  }

  /// The state as one line: `epoch 2/3   41%   9,120 words/s   loss 0.0812   dev F1 88.31   3 min 05 s left`.
  ///
  /// - Parameter secondsElapsed: the time since the work began, from which the time left is estimated.
  /// - Returns: the line, without its end.
  public func line(secondsElapsed: Double) -> String {
    var parts = [label]
    if let fraction { parts.append("\(Int((100 * clamped(fraction)).rounded(.down)))%") }
    if let rate, rate.isFinite {
      parts.append("\(formatCount(Int(max(0, min(rate, 1e15)).rounded()))) \(unit)/s")
    }
    if let loss { parts.append("loss \(format(loss, decimals: 4))") }
    if let devScore {
      parts.append("dev \(devScore.name) \(format(100 * devScore.value, decimals: 2))")
    }
    if let left = secondsLeft ?? estimate(secondsElapsed: secondsElapsed) {
      parts.append("\(formatDuration(left.rounded(.up))) left")
    }
    return parts.joined(separator: "   ")
  }

  /// The time left if the work goes on as fast as so far; nil before there is anything to go by and at the end.
  private func estimate(secondsElapsed: Double) -> Double? {
    guard let fraction, clamped(fraction) > 0.001, fraction < 1, secondsElapsed > 0 else {
      return nil
    }
    return secondsElapsed * (1 - fraction) / fraction
  }

  private func clamped(_ fraction: Double) -> Double {
    fraction.isNaN ? 0 : min(max(fraction, 0), 1)
  }
}

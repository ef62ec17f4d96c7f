/// The learning rate over a run: a linear rise to its peak, then a linear fall.
public struct LearningRateSchedule: Sendable, Equatable {
  /// The rate at the top.
  public let peak: Float
  /// The steps of the rise; 0 starts at the top.
  public let warmUpSteps: Int
  /// All steps of the run.
  public let totalSteps: Int
  /// The share of the peak that is left at the end.
  public let finalFraction: Float

  /// Plans a run.
  public init(peak: Float, warmUpFraction: Float, totalSteps: Int, finalFraction: Float = 0) {
    self.peak = peak
    self.totalSteps = max(totalSteps, 1)
    warmUpSteps = Int(warmUpFraction * Float(self.totalSteps))
    self.finalFraction = finalFraction
  }

  /// The rate of a step, counted from 0.
  ///
  /// While step < warm-up: peak step / warm-up; then peak max(final, (total - step) / (total - warm-up)) as in
  /// transformers' `get_linear_schedule_with_warmup`, whose final fraction is 0.
  public func rate(at step: Int) -> Float {
    if step < warmUpSteps { return peak * Float(step) / Float(warmUpSteps) }
    let left = Float(totalSteps - step) / Float(max(totalSteps - warmUpSteps, 1))
    return peak * (finalFraction + (1 - finalFraction) * max(0, left))
  }
}

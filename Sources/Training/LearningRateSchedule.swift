import Glibc

/// The learning rate over a run: a linear rise to its peak, then a fall along a line or a cosine.
public struct LearningRateSchedule: Sendable, Equatable {
  /// How the rate falls behind its peak.
  public enum Shape: String, CaseIterable, Sendable {
    /// Along a line.
    case linear
    /// Along half a cosine: slowly, fast, slowly (Loshchilov and Hutter 2017, without restarts).
    case cosine
  }

  /// The rate at the top.
  public let peak: Float
  /// The steps of the rise; 0 starts at the top.
  public let warmUpSteps: Int
  /// All steps of the run.
  public let totalSteps: Int
  /// The share of the peak that is left at the end.
  public let finalFraction: Float
  /// How the rate falls.
  public let shape: Shape

  /// Plans a run.
  public init(
    peak: Float, warmUpFraction: Float, totalSteps: Int, finalFraction: Float = 0,
    shape: Shape = .linear
  ) {
    self.peak = peak
    self.totalSteps = max(totalSteps, 1)
    warmUpSteps = Int(warmUpFraction * Float(self.totalSteps))
    self.finalFraction = finalFraction
    self.shape = shape
  }

  /// The rate of a step, counted from 0.
  ///
  /// While step < warm-up: peak step / warm-up, as in transformers' `get_linear_schedule_with_warmup`. Then, with
  /// l = max(0, (total - step) / (total - warm-up)) of the run left and f the final fraction,
  ///
  ///     linear: peak (f + (1 - f) l)
  ///     cosine: peak (f + (1 - f) (1 - cos(pi l)) / 2)
  ///
  /// The cosine is torch's `CosineAnnealingLR` with `eta_min` = f peak.
  public func rate(at step: Int) -> Float {
    if step < warmUpSteps { return peak * Float(step) / Float(warmUpSteps) }
    let left = max(0, Float(totalSteps - step) / Float(max(totalSteps - warmUpSteps, 1)))
    let height =
      switch shape {
      case .linear: left
      case .cosine: Float(0.5 - 0.5 * cos(Double.pi * Double(left)))
      }
    return peak * (finalFraction + (1 - finalFraction) * height)
  }
}

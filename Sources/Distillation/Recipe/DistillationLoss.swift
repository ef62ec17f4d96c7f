import Layers

/// The losses that `--loss` names: what the student's logits are held to.
public enum DistillationLoss: String, CaseIterable, Sendable {
  /// The mean squared error to the teacher's logits (Tang et al. 2019).
  case mse
  /// The Kullback-Leibler divergence from the teacher's distribution (Hinton et al. 2015).
  case kl
  /// The cross-entropy with the gold labels alone; the teacher is not asked.
  case ce

  /// alpha times the cross-entropy with the gold labels plus 1 - alpha times this loss.
  ///
  /// - Parameters:
  ///   - alpha: The weight of the gold labels, 0 to 1; of no effect for `ce`.
  ///   - temperature: T of the divergence, positive.
  /// - Returns: The weighted sum.
  public func objective(alpha: Float, temperature: Float) -> LogitObjective {
    switch self {
    case .mse: LogitObjective(meanSquaredError: 1 - alpha, crossEntropy: alpha)
    case .kl:
      LogitObjective(divergence: 1 - alpha, temperature: temperature, crossEntropy: alpha)
    case .ce: .goldLabels
    }
  }
}

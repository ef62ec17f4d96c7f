/// A training whose numbers are no longer finite: it has ended at once, and no checkpoint and no model holds them.
public struct DivergedTraining: Error, CustomStringConvertible, Equatable {
  /// What is not finite.
  public enum Quantity: String, Sendable {
    case loss
    case gradient
    case weight
    case logit
  }

  /// What is not finite.
  public let quantity: Quantity
  /// The step, counted from 1.
  public let step: Int

  /// Says what is not finite, and where.
  public init(quantity: Quantity, step: Int) {
    self.quantity = quantity
    self.step = step
  }

  /// The words for a message.
  public var description: String { "a \(quantity.rawValue) that is not finite in step \(step)" }
}

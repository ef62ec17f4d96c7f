import Glibc

/// What a classifier answers about a text or a pair of texts: all labels with their probabilities.
public struct Classification: Sendable, Equatable {
  /// A label with its probability.
  public struct Choice: Sendable, Equatable {
    /// The label.
    public let label: String
    /// Its probability, 0 to 1; those of all labels sum up to 1.
    public let probability: Double

    /// Pairs a label with its probability.
    public init(label: String, probability: Double) {
      self.label = label
      self.probability = probability
    }
  }

  /// All labels, the most probable first, at least one; equally probable ones in the order of the student's labels.
  public let choices: [Choice]

  /// The most probable label.
  public var label: String { choices[0].label }
  /// The probability of the most probable label.
  public var probability: Double { choices[0].probability }

  /// Takes choices, at least one, the most probable first.
  public init(choices: [Choice]) {
    precondition(!choices.isEmpty, "a classification without labels")
    self.choices = choices
  }

  /// Turns logits into probabilities, softmax(z / T); where a logit is not finite, all labels are equally probable.
  ///
  /// - Parameters:
  ///   - logits: z, one for each label.
  ///   - labels: The labels, at least one.
  ///   - temperature: T, above 0.
  public init(logits: [Float], labels: [String], temperature: Float = 1) {
    precondition(logits.count == labels.count, "\(logits.count) logits, \(labels.count) labels")
    let logits = logits.allSatisfy(\.isFinite) ? logits : labels.map { _ in 0 }
    let largest = logits.max() ?? 0
    let exponentials = logits.map { exp((Double($0) - Double(largest)) / Double(temperature)) }
    let sum = exponentials.reduce(0, +)
    let order = labels.indices.sorted { (-logits[$0], $0) < (-logits[$1], $1) }
    self.init(
      choices: order.map { Choice(label: labels[$0], probability: exponentials[$0] / sum) })
  }
}

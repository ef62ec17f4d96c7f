import Distillation
import Labels

/// The words in which a report speaks of a task.
extension TaskKind {
  /// The name of the score that models are compared by: `F1` or `accuracy`.
  var metric: String { task.metric }
  /// The same in the names of JSON members.
  var metricKey: String { metric.lowercased() }
  /// The same at the beginning of a sentence or a title.
  var metricTitle: String { metric.prefix(1).uppercased() + metric.dropFirst() }
  /// What the examples are called: sentences, texts or pairs.
  var examples: String { task.exampleNoun }
  /// What one of them is called.
  var example: String { String(examples.dropLast()) }
  /// What a model's probabilities are of: entities, texts or pairs.
  var predictions: String { labelsWords ? "entities" : examples }
}

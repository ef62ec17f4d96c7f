import Corpora
import Evaluation
import Files
import Labels

/// One label for a text or for a pair of texts: the accuracy chooses.
struct TextClassification: DistillationTask {
  let kind: TaskKind

  var modelName: String { kind == .pair ? "classifier of pairs of texts" : "classifier of texts" }
  var exampleNoun: String { kind == .pair ? "pairs" : "texts" }
  var rowNoun: String { exampleNoun }
  var metric: String { "accuracy" }
  var fullMetric: String { metric }
  var augmentedFile: String { "augmented.tsv" }

  func targets(of example: Example) -> [String] { example.label.map { [$0] } ?? [] }

  func labels(learnedFrom examples: [Example], of name: String) throws -> LabelSet {
    let labels = LabelSet(learnedFrom: examples)
    guard labels.count > 1 else {
      throw DataError(
        file: name,
        found: "the label \(labels.names.joined()) alone in \(examples.count) \(exampleNoun)",
        expected: "at least two labels", remedy: "give a corpus whose \(exampleNoun) differ")
    }
    return labels
  }

  func check(
    _ source: CorpusSource, against labels: LabelSet, of train: String, log: (String) -> Void
  ) throws {
    let others = try LabelSet(learnedFrom: source.reader(for: kind))
    let unknown = others.names.filter { labels.index(of: $0) == nil }
    if unknown.count == others.count {
      throw DataError(
        file: source.name, found: "the labels \(unknown.joined(separator: " "))",
        expected: "some of those of \(train): \(labels.names.joined(separator: " "))",
        remedy: "give \(exampleNoun) with the same labels")
    } else if !unknown.isEmpty {
      log("\(source.name): \(train) has no example of \(unknown.joined(separator: ", "))")
    }
  }

  func emptyScore(labels: [String]) -> any PooledScore { ClassificationScore(labels: labels) }
}

import Corpora
import Evaluation
import Files
import Labels

/// Tags for the words of a sentence: the entity F1 chooses.
struct Tagging: DistillationTask {
  var kind: TaskKind { .tag }
  var modelName: String { "named-entity tagger" }
  var exampleNoun: String { "sentences" }
  var rowNoun: String { "words" }
  var metric: String { "F1" }
  var fullMetric: String { "entity F1" }
  var augmentedFile: String { "augmented.conll" }

  func targets(of example: Example) -> [String] { example.tags }

  func labels(learnedFrom examples: [Example], of name: String) throws -> LabelSet {
    let labels = LabelSet(learnedFrom: examples)
    guard labels.count > 1 else {
      throw DataError(
        file: name, found: "no entity in \(examples.count) sentences: every tag is O",
        expected: "tags such as B-PER in the last column",
        remedy: "name the column of the tags with --columns, or give a corpus with entities")
    }
    return labels
  }

  func check(
    _ source: CorpusSource, against labels: LabelSet, of train: String, log: (String) -> Void
  ) throws {
    let others = try LabelSet(learnedFrom: source.reader(for: kind))
    let unknown = others.types.filter { labels.index(ofType: $0) == nil }
    if others.count == 1 {
      log("\(source.name): no sentence has an entity, so its F1 tells nothing")
    } else if unknown.count == others.types.count {
      throw DataError(
        file: source.name, found: "the types \(unknown.joined(separator: " "))",
        expected: "some of those of \(train): \(labels.types.joined(separator: " "))",
        remedy: "give sentences with the same tags")
    } else if !unknown.isEmpty {
      log("\(source.name): \(train) has no entity of \(unknown.joined(separator: ", "))")
    }
  }

  func emptyScore(labels: [String]) -> any PooledScore { EntityScore(labels: labels) }
}

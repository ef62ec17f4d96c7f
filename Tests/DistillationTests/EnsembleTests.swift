import Corpora
import Distillation
import Evaluation
import Files
import Labels
import Networks
import Runtime
import TestSupport
import Testing

@Suite struct EnsembleTests {
  private static let labels = ["O", "B-X", "I-X"]
  private static let words = ["EU", "rejects", "German", "call", "unseen"]

  /// Three sentences of one, four and twenty words; the last is longer than a tiny teacher reads at a time.
  private static func corpus() throws -> String {
    let path = temporaryPath("gold.conll")
    let sentences = [1, 4, 20].map { length in
      (0..<length).map { "\(words[$0 * $0 % 5]) \($0 % 3 == 0 ? "B-X" : "O")\n" }.joined()
    }
    try AtomicFileWriter.write(sentences.joined(separator: "\n"), to: path)
    return path
  }

  /// Each sentence's counts, and how many words have the right tag.
  private static func counts(
    _ predictor: Predictor, on corpus: String
  ) throws -> (sentences: [MatchCounts], words: Int) {
    let evaluation = try ModelEvaluation(
      of: predictor, task: TaskKind.tag.task, on: CorpusReader(path: corpus))
    let score = try #require(evaluation.score as? EntityScore)
    return (score.examples, score.correctWords)
  }

  @Test func theMeanOfTheLogitsIsScored() throws {
    let teachers = try [(Self.labels, 3), (["I-X", "O", "B-X"], 8), (Self.labels, 11)].map {
      try TinyTeacher(labels: $0.0, seed: UInt64($0.1)).path
    }
    let corpus = try Self.corpus()
    let sentences = try Corpus.read(path: corpus).examples
    let store = temporaryPath("logits")
    let labelling = try TeacherLabelling(
      teachers: teachers, task: .tag, labels: Self.labels, workers: Workers(1))
    _ = try labelling.run(
      [TeacherLabelling.Source(name: corpus) { try CorpusReader(path: corpus) }], into: store,
      key: "key")
    let means = try LogitStore(path: store)
    let expected = sentences.indices.map { sentence in
      (0..<means.rowCount(of: sentence)).map { word in
        let row = means.row(means.firstRows[sentence] + word)
        return Self.labels[(0..<3).max { row[$0] < row[$1] } ?? 0]
      }
    }
    let gold = EntityScore(gold: sentences.map(\.tags), predicted: expected)
    let counts = try Self.counts(
      Predictor(models: teachers, task: .tag, workers: Workers(2)), on: corpus)
    #expect(counts == (gold.examples, gold.correctWords))
    for teacher in teachers {
      #expect(
        try Self.counts(Predictor(model: teacher, task: .tag, workers: Workers(2)), on: corpus)
          != counts)
    }
  }

  @Test func oneModelIsThatModel() throws {
    let teacher = try TinyTeacher(labels: Self.labels).path
    let corpus = try Self.corpus()
    let (several, one) = try (
      Predictor(models: [teacher], task: .tag, workers: Workers(2)),
      Predictor(model: teacher, task: .tag, workers: Workers(2))
    )
    #expect(several.path == teacher)
    #expect(try Self.counts(several, on: corpus) == Self.counts(one, on: corpus))
  }

  @Test func theNameTellsAllModelsAndOtherLabelsAreAnError() throws {
    let teachers = try [3, 4].map { try TinyTeacher(labels: Self.labels, seed: $0).path }
    #expect(
      try Predictor(models: teachers, task: .tag, workers: Workers(2)).path
        == "\(teachers[0]) + \(teachers[1])"
    )
    let other = try TinyTeacher(labels: ["O", "B-PER", "I-PER"]).path
    let error = #expect(throws: DataError.self) {
      try Predictor(models: [teachers[0], other], task: .tag, workers: Workers(2))
    }
    #expect(
      error?.description.hasSuffix(
        "\(other)/config.json: the labels O B-PER I-PER; expected O B-X I-X; "
          + "take a tagger of these labels, or fine-tune one: distill-bilstm finetune") == true)
  }
}

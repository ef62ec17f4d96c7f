import Corpora
import Distillation
import Evaluation
import Files
import JSON
import Labels
import Runtime
import TestSupport
import Testing

/// Tags and labels that stand in a file beside the gold examples.
@Suite struct PredictedLabelsTests {
  private let gold = [Example(words: ["caf\u{E9}", "a"], tags: ["O", "O"], line: 3)]

  private func tags(_ text: String) throws -> [[String]] {
    try withScratchFolder { folder in
      try put(Array(text.utf8), at: "\(folder)/p.conll")
      return try PredictedLabels(path: "\(folder)/p.conll", task: .tag)
        .answers(for: gold, of: "gold.conll")
    }
  }

  @Test func tagsOfTheSameWordsAreRead() throws {
    #expect(try tags("caf\u{E9} B-X\na O\n\n") == [["B-X", "O"]])
  }

  @Test func wordsOfOtherBytesAreOtherWords() throws {
    let error = try #require(throws: DataError.self) { try tags("cafe\u{301} B-X\na O\n\n") }
    #expect(error.found == "other words" && error.line == 1)
    #expect(error.expected == "those of gold.conll:3")
  }

  /// The evaluation of predicted labels of three texts, one of which is wrong.
  private func evaluation(_ predictions: String) throws -> ModelEvaluation {
    try withScratchFolder { folder in
      let gold =
        "label\tsentence\tkind\n"
        + "good\tA fine day.\tlong\nbad\tNo.\tshort\ngood\tYes!\tshort\n"
      try put(Array(gold.utf8), at: "\(folder)/gold.tsv")
      try put(Array(predictions.utf8), at: "\(folder)/p.tsv")
      let columns = try #require(ColumnSelection("group=kind"))
      return try ModelEvaluation(
        of: Predictor(
          predictions: "\(folder)/p.tsv", task: .sentence, workers: Workers(1)),
        task: TaskKind.sentence.task,
        on: CorpusReader(path: "\(folder)/gold.tsv", format: CorpusFormat(columns: columns)))
    }
  }

  @Test func labelsOfTheSameTextsAreScoredByGroup() throws {
    let found = try evaluation(
      "label\tsentence\ngood\tA fine day.\ngood\tNo.\ngood\tYes!\n")
    #expect(found.score.overall == MatchCounts(gold: 3, predicted: 3, correct: 2))
    let groups = try #require(found.groups).groups
    #expect(groups.map(\.name) == ["long", "short"])
    #expect(groups.map(\.score.accuracy) == [1, 0.5])
    #expect(found.json["accuracy"]?.double == 2.0 / 3)
    #expect(found.json["groups"]?["short"]?["examples"]?.int == 2)
    #expect(found.tables().contains("the same label") == false)
  }

  @Test func labelsOfOtherTextsAreRefused() throws {
    let error = #expect(throws: DataError.self) {
      try evaluation("label\tsentence\ngood\tA fine day.\ngood\tYes.\ngood\tYes!\n")
    }
    #expect(error?.found == "other words" && error?.line == 3)
  }
}

import Corpora
import Files
import Labels
import TestSupport
import Testing

/// Whole files of texts, read to the last row.
@Suite struct TextCorporaTests {
  private typealias Label = Corpus.Counts.Label

  @Test(arguments: [
    (BundledPart(.verdict, .train), 1200, 22_907), (BundledPart(.verdict, .dev), 200, 0),
    (BundledPart(.verdict, .test), 400, 0),
  ])
  func verdict(_ part: BundledPart, rows: Int, words: Int) throws {
    let corpus = try part.read()
    #expect(corpus.task == .sentence && corpus.name == "verdict.\(part.split)")
    #expect(corpus.counts.examples == rows && corpus.hasLabels)
    #expect(
      corpus.counts.labels == [Label("negative", rows / 2), Label("positive", rows / 2)])
    if words > 0 { #expect(corpus.counts.words == words) }
  }

  @Test(arguments: [
    (BundledPart(.echo, .train), 980), (BundledPart(.echo, .dev), 200),
    (BundledPart(.echo, .test), 320),
  ])
  func echo(_ part: BundledPart, rows: Int) throws {
    let corpus = try part.read()
    #expect(corpus.task == .pair && corpus.name == "echo.\(part.split)")
    #expect(
      corpus.counts.labels == [Label("different", rows / 2), Label("paraphrase", rows / 2)])
    #expect(
      corpus.examples.allSatisfy { example in
        example.texts.count == 2 && example.texts.allSatisfy { !$0.isEmpty }
          && ["paraphrase", "near", "far"].contains(example.group)
          && (example.group == "paraphrase") == (example.label == "paraphrase")
      })
  }

  @Test func theBundledCorporaKnowTheirTasks() throws {
    for corpus in BundledCorpus.allCases {
      for part in corpus.parts { #expect(try part.reader().task() == corpus.task) }
    }
  }

  /// The rows and labels of public sets, counted by another program.
  @Test(arguments: [
    ("sst2/train.tsv", TaskKind.sentence, [("0", 29_780), ("1", 37_569)]),
    ("sst2/dev.tsv", .sentence, [("0", 428), ("1", 444)]),
    ("sst2/test.tsv", .sentence, [("0", 912), ("1", 909)]),
    ("mrpc/msr-para-train.tsv", .pair, [("0", 1169), ("1", 2407)]),
    ("mrpc/msr-para-val.tsv", .pair, [("0", 154), ("1", 346)]),
    ("mrpc/msr-para-test.tsv", .pair, [("0", 578), ("1", 1147)]),
    (
      "sick/SICK_train.txt", .pair,
      [("CONTRADICTION", 665), ("ENTAILMENT", 1299), ("NEUTRAL", 2536)]
    ),
    (
      "sick/SICK_trial.txt", .pair, [("CONTRADICTION", 74), ("ENTAILMENT", 144), ("NEUTRAL", 282)]
    ),
    (
      "sick/SICK_test_annotated.txt", .pair,
      [("CONTRADICTION", 720), ("ENTAILMENT", 1414), ("NEUTRAL", 2793)]
    ),
  ])
  func shared(_ file: String, task: TaskKind, labels: [(String, Int)]) throws {
    guard let sharedFolder else {
      print("skipped: counts of \(file), because ../shared/data is not there")
      return
    }
    let corpus = try Corpus.read(path: "\(sharedFolder)/data/\(file)")
    #expect(corpus.task == task)
    #expect(corpus.counts.labels == labels.map { Label($0.0, $0.1) })
    #expect(corpus.counts.examples == labels.reduce(0) { $0 + $1.1 })
  }

  @Test func theScoresOfSICKAreRefused() throws {
    guard let sharedFolder else {
      print("skipped: scores of SICK, because ../shared/data is not there")
      return
    }
    let reader = try CorpusReader(
      path: "\(sharedFolder)/data/sick/SICK_trial.txt",
      format: CorpusFormat(columns: ColumnSelection("label=relatedness_score")))
    let error = #expect(throws: DataError.self) { try reader.task() }
    #expect(error?.found == "decimal numbers in column relatedness_score, such as 3.6, 3.4, 3.8")
    #expect(error?.remedy.contains("4 (entailment_judgment)") == true)
  }
}

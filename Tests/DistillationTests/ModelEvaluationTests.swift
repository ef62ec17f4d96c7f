import Corpora
import Distillation
import Evaluation
import Files
import JSON
import Labels
import Runtime
import TestSupport
import Testing

@Suite struct ModelEvaluationTests {
  private let gold = "EU B-ORG\nrejects O\nGerman B-MISC\ncall O\n\nPeter B-PER\nBlackburn I-PER\n"
  private let good = "EU B-ORG\nrejects O\nGerman B-MISC\ncall O\n\nPeter B-PER\nBlackburn O\n"
  private let bad = "EU B-LOC\nrejects O\nGerman O\ncall O\n\nPeter B-PER\nBlackburn O\n"

  private func file(_ text: String) throws -> String {
    let path = temporaryPath("tags.conll")
    try AtomicFileWriter.write(text, to: path)
    return path
  }

  private func evaluation(
    _ predictions: String? = nil, against: String? = nil, teacher: String? = nil,
    training: String? = nil
  ) throws -> ModelEvaluation {
    func predictor(_ text: String) throws -> Predictor {
      try Predictor(path: file(text), task: .tag, workers: Workers(2))
    }
    return try ModelEvaluation(
      of: predictor(predictions ?? good), task: TaskKind.tag.task, against: against.map(predictor),
      teacher: teacher.map(predictor),
      training: training.map {
        CorpusSource(path: try file($0), otherwise: BundledCorpus.gazette.train)
      },
      on: CorpusReader(path: file(gold)))
  }

  @Test func aModelAloneHasScoreAndErrors() throws {
    let json = try evaluation().json
    #expect(json["correct"]?.int == 2)
    #expect(json["errors"]?["boundary"]?.int == 1)
    #expect(json["errors"]?["missed"]?.int == 0)
    #expect(json["confusion"]?.array?.count == 3)
    #expect(json["lengths"]?.array?.first?["sentences"]?.int == 2)
    for key in ["against", "agreement", "seen_entities", "calibration"] {
      #expect(json[key] == nil, "\(key)")
    }
  }

  @Test func againstAnotherThereIsATest() throws {
    let evaluation = try evaluation(against: bad)
    let (test, other) = (try #require(evaluation.comparison), try #require(evaluation.other))
    // 2 of 3 and 3 against 0 of 3 and 2.
    #expect(abs(test.difference - 2.0 / 3) < 1e-12)
    #expect(
      test == Bootstrap.pairedComparison(evaluation.score.examples, other.score.examples))
    #expect(evaluation.json["against"]?["p_value"]?.double == test.pValue)
    #expect(evaluation.tables().contains("F1 66.67 and 0.00, difference +66.67, 95 % interval"))
  }

  @Test func agreementTakesTheTeacherForGold() throws {
    let evaluation = try evaluation(teacher: bad)
    let agreement = try #require(
      evaluation.agreement?.score as? EntityScore)
    #expect(abs(agreement.tokenAccuracy - 4.0 / 6) < 1e-12)
    #expect(agreement.overall == MatchCounts(gold: 2, predicted: 3, correct: 1))
    #expect(evaluation.json["agreement"]?["f1"]?.double == 0.4)
    #expect(evaluation.tables().contains("the same tag on 66.67 % of the words"))
  }

  @Test func entitiesOfTheTrainingCorpusAreSeen() throws {
    let json = try evaluation(training: "German B-LOC\nEu B-ORG\n").json
    #expect(json["seen_entities"]?["seen"]?["gold"]?.int == 1)
    #expect(json["seen_entities"]?["unseen"]?["gold"]?.int == 2)
  }

  @Test(arguments: [
    ("EU B-ORG\nsays O\nGerman B-MISC\ncall O\n", "1: other words"),
    ("EU B-ORG\nrejects O\nGerman B-MISC\ncall O\n", " no more than 1 sentences"),
    (
      "EU B-ORG\nrejects O\nGerman B-MISC\ncall O\n\nPeter B-PER\nBlackburn O\n\nEU B-ORG\n",
      "9: more than 2 sentences"
    ),
    ("EU\nrejects\n", "1: words without entity tags"),
  ])
  func predictionsThatDoNotFitAreErrors(_ predictions: String, _ message: String) {
    #expect {
      try evaluation(predictions)
    } throws: {
      let text = "\($0)"
      return text.contains("tags.conll") && text.contains(message) && text.contains("; expected ")
    }
  }

  @Test func aTrainingCorpusWithoutTagsIsAnError() throws {
    #expect {
      try evaluation(training: "German\n")
    } throws: {
      "\($0)".contains("words without entity tags")
    }
  }
}

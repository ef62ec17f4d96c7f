import Corpora
import Evaluation
import Kernels
import Labels
import Runtime
import TerminalUI

/// Everything that `distill-bilstm evaluate` finds out about a model on examples with gold labels.
public struct ModelEvaluation: Sendable {
  /// The model's directory or the file of its predictions.
  public let model: String
  /// The corpus.
  public let corpus: String
  /// The scores.
  public private(set) var score: any PooledScore
  /// Where a tagger goes wrong; nil for texts and pairs.
  public private(set) var errors: ErrorAnalysis?
  /// The scores of each group of texts or pairs; nil where the corpus names none.
  public private(set) var groups: ScoreByGroup?
  /// A second model and its score on the same examples; nil without one.
  public private(set) var other: (path: String, score: any PooledScore)?
  /// The teacher and the model's answers scored as if the teacher's were gold; nil without a teacher.
  ///
  /// The token accuracy of a tagger's score is the share of words on which both agree.
  public private(set) var agreement: (teacher: String, score: any PooledScore)?
  /// How well the probabilities of the model's answers agree with how often they are right; nil where it gives none.
  public let calibration: Calibration?
  private let predictions: String

  /// Evaluates on all examples that a reader still has; of each only its counts stay in memory.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - task: What it is asked about an example.
  ///   - against: A second model to compare it with; nil for none.
  ///   - teacher: The teacher that it should agree with; nil for none.
  ///   - training: A tagger's training corpus, whose entities count as seen; nil where it is not known.
  ///   - gold: The examples, with labels.
  /// - Throws: `FileError` or `DataError` for a corpus or predictions that cannot be read or do not fit.
  public init(
    of model: Predictor, task: any DistillationTask,
    against: Predictor? = nil, teacher: Predictor? = nil, training: CorpusSource? = nil,
    on gold: CorpusReader
  ) throws {
    self.model = model.path
    corpus = gold.name
    let empty = task.emptyScore(labels: model.labels)
    score = empty
    errors =
      task.kind.labelsWords ? ErrorAnalysis(trainingForms: try training?.surfaceForms()) : nil
    other = against.map { ($0.path, empty) }
    agreement = teacher.map { ($0.path, empty) }
    predictions = task.kind.labelsWords ? "entities" : task.exampleNoun
    var confidences: [Calibration.Prediction]?
    while case let examples = try ExampleGroup.read({ try gold.nextLabelled(1).first }),
      !examples.isEmpty
    {
      func answers(of predictor: Predictor) throws -> [[String]] {
        try predictor.answers(for: examples, of: gold.name)
      }
      let predicted = try answers(of: model)
      let rival = try against.map(answers(of:))
      let taught = try teacher.map(answers(of:))
      for (index, example) in examples.enumerated() {
        let (gold, answer) = (task.targets(of: example), predicted[index])
        score.add(gold: gold, predicted: answer)
        errors?.add(words: example.words, gold: gold, predicted: answer)
        if let group = example.group, !task.kind.labelsWords {
          groups = groups ?? ScoreByGroup(labels: model.labels)
          groups?.add(gold: gold, predicted: answer, group: group)
        }
        if let rival { other?.score.add(gold: gold, predicted: rival[index]) }
        if let taught { agreement?.score.add(gold: taught[index], predicted: answer) }
      }
      if let some = model.confidences(on: examples) { confidences = (confidences ?? []) + some }
    }
    guard !score.examples.isEmpty else { throw Corpus.noExamples(name: gold.name) }
    for predictor in [model, against, teacher] { try predictor?.checkEnd(of: gold.name) }
    calibration = confidences.map { Calibration(of: $0) }
  }

  /// The paired bootstrap test of the model against the second one; nil without one.
  public var comparison: PairedComparison? {
    other.map { Bootstrap.pairedComparison(score.examples, $0.score.examples) }
  }
}

extension ModelEvaluation {
  /// The evaluation as tables for a terminal.
  public func tables(color: ColorPolicy = .never) -> String {
    var text = score.table(color: color)
    if let errors { text += "\n\(errors.tables(color: color))" }
    if let groups { text += "\n\(groups.table(of: "group", color: color))" }
    let metric = type(of: score).title
    if let other, let test = comparison {
      let sign = test.difference < 0 ? "" : "+"
      text += """

        against \(printable(other.path)): \(metric) \(percent(score.overall.f1)) and \
        \(percent(other.score.overall.f1)), difference \(sign)\(percent(test.difference)), \
        95 % interval \(percent(test.interval.low)) to \(percent(test.interval.high)), \
        p = \(format(test.pValue, decimals: 4)) (paired bootstrap)

        """
    }
    if let agreement {
      let share = percent(agreement.score.overall.f1)
      let agrees =
        if let tags = agreement.score as? EntityScore {
          "the same tag on \(percent(tags.tokenAccuracy)) % of the words, F1 against its entities \(share)"
        } else {
          "the same label on \(share) % of the \(predictions)"
        }
      text += "\nagreement with \(printable(agreement.teacher)): \(agrees)\n"
    }
    if let calibration { text += "\n\(calibration.text(of: predictions))\n" }
    return text
  }

  private func percent(_ share: Double) -> String { format(100 * share, decimals: 2) }
}

extension CorpusSource {
  /// The entities of the corpus by their words; the file is read as a stream.
  ///
  /// - Throws: `FileError` or `DataError` if it cannot be read or a sentence has no tags.
  func surfaceForms() throws -> SurfaceForms {
    var forms = SurfaceForms()
    let reader = try reader()
    while let sentence = try reader.nextLabelled(1).first {
      forms.add(words: sentence.words, tags: sentence.tags)
    }
    return forms
  }
}

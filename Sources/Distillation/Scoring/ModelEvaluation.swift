import Corpora
import Evaluation
import Kernels
import Runtime
import TerminalUI

/// Everything that `distill-bilstm evaluate` finds out about a model on sentences with gold tags.
public struct ModelEvaluation: Sendable {
  /// The model's directory or the file of its predictions.
  public let model: String
  /// The corpus.
  public let corpus: String
  /// Precision, recall and F1.
  public private(set) var score = EntityScore()
  /// Where the model goes wrong.
  public private(set) var errors: ErrorAnalysis
  /// A second model and its score on the same sentences; nil without one.
  public private(set) var other: (path: String, score: EntityScore)?
  /// The teacher and the model's tags scored as if the teacher's were gold; nil without a teacher.
  ///
  /// The token accuracy of that score is the share of words on which both agree.
  public private(set) var agreement: (teacher: String, score: EntityScore)?
  /// How well the probabilities of a student's entities agree with how often they are right; nil for other models.
  public let calibration: Calibration?

  /// Evaluates on all sentences that a reader still has; of each only its counts stay in memory.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - against: A second model to compare it with; nil for none.
  ///   - teacher: The teacher that it should agree with; nil for none.
  ///   - training: The training corpus, whose entities count as seen; nil where it is not known.
  ///   - gold: The sentences, with tags.
  /// - Throws: `FileError` or `DataError` for a corpus or predictions that cannot be read or do not fit.
  public init(
    of model: Predictor, against: Predictor? = nil, teacher: Predictor? = nil,
    training: CorpusSource? = nil, on gold: CorpusReader
  ) throws {
    self.model = model.path
    corpus = gold.name
    errors = ErrorAnalysis(trainingForms: try training?.surfaceForms())
    other = against.map { ($0.path, EntityScore()) }
    agreement = teacher.map { ($0.path, EntityScore()) }
    var confidences: [Calibration.Prediction]?
    while case let sentences = try ExampleGroup.read({ try gold.nextTagged(1).first }),
      !sentences.isEmpty
    {
      func tags(of predictor: Predictor) throws -> [[String]] {
        try predictor.answers(for: sentences, of: gold.name)
      }
      let predicted = try tags(of: model)
      let rival = try against.map(tags(of:))
      let taught = try teacher.map(tags(of:))
      for (index, sentence) in sentences.enumerated() {
        score.add(gold: sentence.tags, predicted: predicted[index])
        errors.add(words: sentence.words, gold: sentence.tags, predicted: predicted[index])
        if let rival { other?.score.add(gold: sentence.tags, predicted: rival[index]) }
        if let taught { agreement?.score.add(gold: taught[index], predicted: predicted[index]) }
      }
      if let some = model.confidences(on: sentences) {
        confidences = (confidences ?? []) + some
      }
    }
    guard !score.examples.isEmpty else { throw Corpus.noExamples(name: gold.name) }
    for predictor in [model, against, teacher] { try predictor?.checkEnd(of: gold.name) }
    calibration = confidences.map { Calibration(of: $0) }
  }

  /// The paired bootstrap test of the model against the second one; nil without one.
  public var comparison: PairedComparison? {
    other.map { score.comparison(with: $0.score) }
  }
}

extension ModelEvaluation {
  /// The evaluation as tables for a terminal.
  public func tables(color: ColorPolicy = .never) -> String {
    var text = "\(score.table(color: color))\n\(errors.tables(color: color))"
    if let other, let test = comparison {
      let sign = test.difference < 0 ? "" : "+"
      text += """

        against \(printable(other.path)): F1 \(percent(score.overall.f1)) and \
        \(percent(other.score.overall.f1)), difference \(sign)\(percent(test.difference)), \
        95 % interval \(percent(test.interval.low)) to \(percent(test.interval.high)), \
        p = \(format(test.pValue, decimals: 4)) (paired bootstrap)

        """
    }
    if let agreement {
      text += """

        agreement with \(printable(agreement.teacher)): the same tag on \(percent(agreement.score.tokenAccuracy)) % of \
        the words, F1 against its entities \(percent(agreement.score.overall.f1))

        """
    }
    if let calibration { text += "\n\(calibration.text(of: "entities"))\n" }
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
    while let sentence = try reader.nextTagged(1).first {
      forms.add(words: sentence.words, tags: sentence.tags)
    }
    return forms
  }
}

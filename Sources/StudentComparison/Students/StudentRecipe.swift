import Distillation
import Training

/// How each kind of student is trained: the teacher's recipe for a pre-trained BERT, the student's for a BiLSTM.
enum StudentRecipe {
  /// The settings for a student that sees so many sentences; `--epochs` holds for every student alike.
  static func settings(
    for choice: StudentChoice, sentences: Int, _ plan: DistillationPlan
  ) -> TrainingSettings {
    var settings = choice.kind.isBERT ? plan.teacherTraining : plan.studentTraining
    if case .random = choice.kind { settings.learningRate = randomLearningRate }
    settings.epochs =
      plan.studentTraining.epochs > 0
      ? plan.studentTraining.epochs
      : epochs(for: choice, sentences: sentences, batchSize: settings.batchSize)
    return settings
  }

  /// The learning rate of a BERT that starts from random weights: higher than that of one that must not forget.
  ///
  /// On the bundled corpus 5e-4, 1e-3 and 2e-3 come to the same dev F1 within ten to sixteen epochs.
  static let randomLearningRate: Float = 1e-3

  private static func epochs(
    for choice: StudentChoice, sentences: Int, batchSize: Int
  ) -> Int {
    switch choice.kind {
    case .truncated, .small:
      choice.isDistilled
        ? EpochRule.distilledBERT(sentences: sentences, batchSize: batchSize)
        : EpochRule.fineTuning(sentences: sentences, batchSize: batchSize)
    case .bilstm:
      EpochRule.direct(sentences: sentences, batchSize: batchSize)
    case .random:
      choice.isDistilled
        ? EpochRule.distilledFromScratch(sentences: sentences, batchSize: batchSize)
        : EpochRule.fromScratch(sentences: sentences, batchSize: batchSize)
    case .bilstmAugmented:
      EpochRule.distilled(sentences: sentences, batchSize: batchSize)
    }
  }
}

import Files
import TerminalUI
import Training

/// The README.md beside a model: what it is, what it was trained on, and the figures measured while training it.
struct ModelCard {
  let text: String

  /// The card of a fine-tuned teacher, whose token types may be the shapes of words.
  static func teacher(
    _ plan: DistillationPlan, _ task: any DistillationTask, readsWordShapes: Bool,
    outcome: TrainingOutcome
  ) -> ModelCard {
    let shapes = """
      Its token types are the shapes of words (capitals, digits): give it the token_type_ids that
      `distill-bilstm encode` writes; with zeros it takes all words for lower case.
      """
    return ModelCard(
      title: "Teacher", origin: "\(plan.teacher), fine-tuned", plan, task, outcome,
      hint: readsWordShapes ? shapes + "\n\n" : "")
  }

  /// The card of a distilled student.
  static func student(
    _ plan: DistillationPlan, _ task: any DistillationTask, outcome: TrainingOutcome
  ) -> ModelCard {
    ModelCard(
      title: "BiLSTM student", origin: "distilled from \(plan.teacherNames)", plan, task, outcome)
  }

  private init(
    title: String, origin: String, _ plan: DistillationPlan, _ task: any DistillationTask,
    _ outcome: TrainingOutcome, hint: String = ""
  ) {
    let scores = outcome.devScores.enumerated().map { epoch, f1 in
      "| \(epoch + 1) | \(format(100 * f1, decimals: 2)) |\n"
    }.joined()
    text = """
      # \(title)

      A \(task.modelName), \(markdownEscaped(origin)), made by distill-bilstm.

      \(hint)- training \(task.exampleNoun): \(markdownEscaped(plan.train.name))
      - development \(task.exampleNoun): \(markdownEscaped(plan.dev.name))
      - seed: \(plan.seed)
      - \(task.rowNoun) passed in training: \(formatCount(outcome.rows)) in \(formatDuration(outcome.seconds))
      - epoch kept: \(outcome.bestEpoch)

      | epoch | \(task.fullMetric) on the development \(task.exampleNoun) |
      | --- | --- |
      \(scores)
      """
  }

  func write(to folder: String) throws {
    try AtomicFileWriter.write(text, to: "\(folder)/README.md")
  }
}

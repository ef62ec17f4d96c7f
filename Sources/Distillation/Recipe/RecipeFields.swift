import Augment
import Labels
import StudentFormat
import Training

extension RecipeField {
  /// All settings of the recipe, in the order of help texts and of the names of an ablation's folders.
  public static let all: [RecipeField] = [
    operations,
    rounds,
    loss,
    .number(
      "alpha", .loss, value: "a",
      "Weight of the cross-entropy with the gold labels; the distillation loss has the rest.",
      expectation: "a number from 0 to 1", at: \.alpha, where: { (0...1).contains($0) }),
    .optional(
      "final-alpha", .loss, value: "a",
      "Weight that alpha moves to, step by step. Above alpha, the student turns from the teacher to the gold labels as it learns.",
      expectation: "a number from 0 to 1", default: "alpha stays", at: \.finalAlpha,
      where: { (0...1).contains($0) }, text: { "\($0.alpha)" }),
    .number(
      "temperature", .loss, value: "t", "Temperature of the kl loss.",
      expectation: "a number from 0.01 to 1000",
      at: \.temperature, where: { DistillationPlan.temperatures.contains($0) }),
    .optional(
      "dropout", .student, value: "p", "Dropout on the input and output of the student's BiLSTM.",
      expectation: "a number from 0 to below 1",
      default: "0.3; 0.5 for a student that sees only the sentences of --train", at: \.dropout,
      where: { (0..<1).contains($0) }, text: { "\($0.dropout())" }),
    epochs,
    .flag(
      "crf", .student,
      "Add a CRF output layer, which decides all tags of a sentence together. Without it, training and tagging are slightly faster but scores are lower.",
      at: \.design.hasCRF
    ).used(by: .tag),
    .count(
      "layers", .student, in: 1...2,
      "Number of BiLSTM layers. Two layers take more than twice the time; they help with much --unlabelled text.",
      at: \.design.layers),
    .count(
      "piece-dimension", .student, in: 1...StudentDesign.maximumPieceDimension,
      "Dimension of the PCA-reduced piece embeddings, at most the teacher's. A larger one keeps more of what the teacher knows of each word piece, in a larger student. Not used with --word-vectors.",
      at: \.design.pieceDimension),
    .count(
      "hidden-size", .student, in: 1...StudentDesign.maximumHidden,
      "Hidden units in each direction of the BiLSTM.", at: \.design.hidden),
    .count(
      "head-size", .student, in: 1...StudentDesign.maximumHidden,
      "Units of the ReLU layer of a student for sentences or pairs.", at: \.design.headHidden
    ).used(by: .sentence, .pair),
    .choice(
      "pooling", .student, value: "how",
      "How the states of a text's words become its vector, for sentences or pairs: last, the last state of each direction; or max, the largest of each state.",
      at: \.design.pooling
    ).used(by: .sentence, .pair),
    .count(
      "original-repeats", .training, in: 1...DistillationPlan.maximumRepeats,
      "How often each sentence of --train is seen in one epoch. Repeats give the gold labels more weight next to a large transfer set.",
      at: \.originalRepeats),
    optimizer,
    .choice(
      "schedule", .training, value: "shape",
      "Shape of the decay of the student's learning rate to 2 %: linear, or cosine, which stays high for longer and suits many epochs.",
      isVaried: false, at: \.studentTraining.schedule),
    .flag(
      "average-weights", .training,
      "Evaluate and keep a running average of the student's weights, over about the last tenth of the steps and at most a thousand. Use it when the dev F1 jumps from epoch to epoch.",
      isVaried: false, at: \.studentTraining.averagesWeights),
    .optional(
      "patience", .training,
      "Stop the student's training after this many epochs without a better dev F1. Use it with a large --epochs.",
      expectation: "a whole number from 1 to 100000", default: "never stop early",
      isVaried: false, at: \.studentTraining.patience, where: { (1...100_000).contains($0) },
      text: { _ in "none" }),
    .number(
      "teacher-epochs", .training, "Epochs of the teacher's fine-tuning.",
      expectation: "a whole number from 1 to 100000",
      default: "3 to 8, fewer for more sentences", isVaried: false, at: \.teacherTraining.epochs,
      where: { (1...100_000).contains($0) }),
  ]

  /// The number of augmentation rounds, `n_iter`.
  public static let rounds = count(
    "n-iter", .augmentation, in: 0...AugmentationSettings.maximumRounds,
    "Number of augmentation rounds for each training sentence.",
    at: \.augmentation.rounds)

  /// The distillation loss.
  public static let loss = choice(
    "loss", .loss, value: "loss",
    "Distillation loss: kl or mse against the teacher, or ce against the gold labels alone.",
    at: \.loss)

  /// The augmentation operations.
  public static let operations = RecipeField(
    "operations", .augmentation, .value("list"),
    "Augmentation operations: any of mask,pos,ngram, separated by commas, or none. The operation pos swaps words of the same part of speech; where the corpus has none, they come from a small tagger of English that is part of the program.",
    expectation:
      "none, or any of \(AugmentationOperation.allCases.map(\.rawValue).joined(separator: ", "))",
    default: AugmentationOperation.allCases.map(\.rawValue).joined(separator: ","),
    read: { text, plan in
      let names =
        text == "none" ? [] : text.split(omittingEmptySubsequences: false) { ",+".contains($0) }
      let operations = names.compactMap { AugmentationOperation(rawValue: String($0)) }
      guard operations.count == names.count else { return false }
      plan.augmentation.operations = Set(operations)
      return true
    },
    write: { plan in
      let chosen = AugmentationOperation.allCases.filter(plan.augmentation.operations.contains)
      return chosen.isEmpty ? "none" : chosen.map(\.rawValue).joined(separator: "+")
    })

  private static let epochs = RecipeField(
    "epochs", .training, .value("n"), "Epochs of a student's training.",
    expectation: "auto, or a whole number from 1 to 100000",
    default: "auto: by the kind of student and the number of its sentences",
    read: { text, plan in
      let epochs = text == "auto" ? 0 : Int(text).flatMap { (1...100_000).contains($0) ? $0 : nil }
      guard let epochs else { return false }
      plan.studentTraining.epochs = epochs
      return true
    },
    write: { $0.studentTraining.epochs == 0 ? "auto" : "\($0.studentTraining.epochs)" })

  private static let optimizer = RecipeField(
    "optimizer", .training, .value("name"),
    "Optimizer for the student: adamw (learning rate 1e-3), or adadelta (rho 0.95, learning rate 1).",
    expectation: "one of adamw, adadelta", isVaried: false,
    read: { text, plan in
      switch text {
      case "adamw":
        plan.studentTraining.optimizer = TrainingSettings.student.optimizer
        plan.studentTraining.learningRate = TrainingSettings.student.learningRate
      case "adadelta":
        plan.studentTraining.optimizer = .adaDelta(AdaDelta.Settings())
        plan.studentTraining.learningRate = AdaDelta.Settings.defaultRate
      default: return false
      }
      return true
    },
    write: { plan in
      if case .adaDelta = plan.studentTraining.optimizer { return "adadelta" }
      return "adamw"
    })
}

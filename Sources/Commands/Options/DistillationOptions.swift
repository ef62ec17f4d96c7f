import ArgumentParser
import Augment
import Corpora
import Distillation
import Teachers
import Training

extension DistillationLoss: ExpressibleByArgument {}
extension LearningRateSchedule.Shape: ExpressibleByArgument {}

/// What decides how a student is distilled.
public struct DistillationOptions: ParsableArguments {
  /// The teacher.
  @Option(
    help: ArgumentHelp(
      "The teacher: a Hugging Face directory, or a name "
        + "(\(TeacherRegister.knownNames)), fetched once by pip.",
      valueName: "dir|name"))
  public var teacher = TeacherRegister.defaultTeacher

  /// Teachers beside it.
  @Option(
    name: .customLong("further-teacher"),
    help: ArgumentHelp(
      "A further teacher, a tagger of the same labels, a BERT or a student; may come several times. The student learns from the mean of all logits; its word pieces, and students cut from BERT, come from --teacher.",
      valueName: "dir"))
  public var furtherTeachers: [String] = []

  /// What an uncased teacher sees.
  @OptionGroup public var wordShapes: WordShapeOptions

  /// The run's folder.
  @Option(help: ArgumentHelp("The folder of the run.", valueName: "dir"))
  public var run = "runs/default"

  /// What stands where an option is left out.
  @Option(
    help: ArgumentHelp(
      "What stands where --loss, --alpha, --optimizer and --crf are left out: default, the recipe that measured best; or paper, that of Tang et al. 2019 carried over from sentences to words: mse, alpha 0, adadelta, batches of 50, no CRF. Its two channels of word vectors need --word-vectors.",
      valueName: "recipe"))
  public var recipe = RecipeName.standard

  /// What the logits are held to.
  @Option(
    help: ArgumentHelp(
      "What the student's logits are held to: kl or mse against the teacher's, or ce against the gold labels alone. (default: kl)",
      valueName: "loss"))
  public var loss: DistillationLoss?

  /// The weight of the gold labels.
  @Option(
    help: ArgumentHelp(
      "The weight of the gold labels' cross-entropy beside the teacher, 0 to 1. (default: 0.5)",
      valueName: "a"))
  public var alpha: Float?

  /// Where that weight ends.
  @Option(
    help: ArgumentHelp(
      "The weight that --alpha moves to, step by step, 0 to 1: above it the student turns from the teacher to the gold labels as it learns. (default: it stays)",
      valueName: "a"))
  public var finalAlpha: Float?

  /// The temperature of the divergence.
  @Option(help: ArgumentHelp("The temperature of --loss kl, above 0.", valueName: "t"))
  public var temperature: Float = 1

  /// Whether the student has a CRF.
  @Flag(
    inversion: .prefixedNo,
    help: ArgumentHelp(
      "Put a CRF on the student: a sentence's tags are decided together, and their probabilities are exact. Without it training and tagging are a little faster, and entities worse. (default: --crf)"
    ))
  public var crf: Bool?

  /// The student's BiLSTM layers.
  @Option(
    help: ArgumentHelp(
      "BiLSTM layers of the student, 1 or 2; 2 take more than twice the time, and may pay with much --unlabelled text.",
      valueName: "n"))
  public var layers = 1

  /// The width of the student's pieces.
  @Option(
    help: ArgumentHelp(
      "The numbers of a word piece in a student, 1 to \(StudentDesign.largestPieceDimension), at most those of the teacher's: more keep more of what it knows of each piece, in a larger student. With --word-vectors there are none.",
      valueName: "n"))
  public var pieceDimension = StudentDesign().pieceDimension

  /// The width of one direction of the student's BiLSTM.
  @Option(
    help: ArgumentHelp(
      "The units of each direction of a student's BiLSTM, 1 to \(StudentDesign.largestHidden); more take longer and make a larger student.",
      valueName: "n"))
  public var hiddenSize = StudentDesign().hidden

  /// The student's dropout.
  @Option(
    help: ArgumentHelp(
      "Dropout on the input and output of a student's BiLSTM, 0 to below 1. (default: 0.3; 0.5 for one that sees no sentences but those of --train)",
      valueName: "p"))
  public var dropout: Float?

  /// Word vectors in place of pieces.
  @Option(
    help: ArgumentHelp(
      "Word vectors as text (GloVe, word2vec), a frozen and a tuned copy in place of the teacher's pieces. For few training sentences, and for words that the teacher hardly knows.",
      valueName: "file"))
  public var wordVectors: String?

  /// How often the sentences of the corpus come in a pass.
  @Option(
    help: ArgumentHelp(
      "How often each sentence of --train comes in a pass over these and others, 1 to \(DistillationPlan.mostRepeats): more give the gold labels more weight beside a large transfer set.",
      valueName: "n"))
  public var originalRepeats = 1

  /// Sentences without tags.
  @Option(
    help: ArgumentHelp(
      "Sentences without tags, which the teacher labels for the student beside the augmented ones: running text in UTF-8 where the name ends in .txt, else a corpus, the word first, whose tags are not looked at. The more it is like the text to be tagged, the more it helps.",
      valueName: "file"))
  public var unlabelled: String?

  /// The rounds of augmentation.
  @Option(
    help: ArgumentHelp("How often each training sentence is perturbed, 0 to 1000.", valueName: "n"))
  public var nIter = AugmentationSettings().rounds

  /// The operations of augmentation.
  @Option(
    help: ArgumentHelp(
      "How training sentences are perturbed, any of \(OperationList.names) with commas between them, or none; pos needs a corpus with parts of speech.",
      valueName: "list"))
  public var operations = OperationList(AugmentationOperation.allCases)

  /// In which numbers the teacher labels.
  @OptionGroup public var precision: PrecisionOptions

  /// The student's epochs.
  @Option(
    help: ArgumentHelp(
      "Passes of a student over its rows, 1 or more. (default: by its kind and rows; 4 to 8 on augmented text)",
      valueName: "n"))
  public var epochs: Int?

  /// The teacher's epochs.
  @Option(
    help: ArgumentHelp(
      "Passes of the teacher's fine-tuning, 1 or more. (default: 3 to 8, fewer for more sentences)",
      valueName: "n"))
  public var teacherEpochs: Int?

  /// What steps the student's weights.
  @Option(
    help: ArgumentHelp(
      "What steps the student's weights: adamw, or adadelta (rho 0.95, rate 1). (default: adamw)",
      valueName: "name"))
  public var optimizer: OptimizerName?

  /// How the student's learning rate falls.
  @Option(
    help: ArgumentHelp(
      "How the student's learning rate falls to 2 %: linear, or cosine, which stays high for longer and suits many epochs.",
      valueName: "shape"))
  public var schedule = LearningRateSchedule.Shape.linear

  /// Whether the student's weights are averaged.
  @Flag(
    help: ArgumentHelp(
      "Judge and keep a running average of the student's weights over about the last tenth of the steps, at most a "
        + "thousand; use it when the dev F1 jumps from epoch to epoch."))
  public var averageWeights = false

  /// The student's patience.
  @Option(
    help: ArgumentHelp(
      "End the student's training when its dev F1 has not risen for so many epochs; use it with a large --epochs. "
        + "(default: never)",
      valueName: "n"))
  public var patience: Int?

  /// How trainings are kept.
  @OptionGroup public var checkpoints: CheckpointOptions

  /// The defaults.
  public init() {}

  /// Checks the ranges.
  public func validate() throws {
    if let alpha, !(0...1).contains(alpha) {
      throw ValidationError("--alpha \(alpha) is not in 0...1.")
    }
    if let finalAlpha, !(0...1).contains(finalAlpha) {
      throw ValidationError("--final-alpha \(finalAlpha) is not in 0...1.")
    }
    guard temperature > 0, temperature.isFinite else {
      throw ValidationError("--temperature \(temperature) is not above 0.")
    }
    for count in [epochs, teacherEpochs].compactMap(\.self) where !(1...100_000).contains(count) {
      throw ValidationError("\(count) epochs are not in 1...100000.")
    }
    guard (1...2).contains(layers) else {
      throw ValidationError("--layers \(layers) is not 1 or 2.")
    }
    guard (1...StudentDesign.largestPieceDimension).contains(pieceDimension) else {
      throw ValidationError(
        "--piece-dimension \(pieceDimension) is not in 1...\(StudentDesign.largestPieceDimension).")
    }
    guard (1...StudentDesign.largestHidden).contains(hiddenSize) else {
      throw ValidationError(
        "--hidden-size \(hiddenSize) is not in 1...\(StudentDesign.largestHidden).")
    }
    guard (1...DistillationPlan.mostRepeats).contains(originalRepeats) else {
      throw ValidationError(
        "--original-repeats \(originalRepeats) is not in 1...\(DistillationPlan.mostRepeats).")
    }
    if let dropout, !(0..<1).contains(dropout) {
      throw ValidationError("--dropout \(dropout) is not from 0 to below 1.")
    }
    guard wordVectors != "-" else {
      throw ValidationError("Word vectors are read more than once and cannot be standard input.")
    }
    guard unlabelled != "-" else {
      throw ValidationError("Sentences are read more than once and cannot be standard input.")
    }
    if let patience, !(1...100_000).contains(patience) {
      throw ValidationError("--patience \(patience) is not in 1...100000.")
    }
    if let problem = augmentation.problem { throw ValidationError(problem) }
  }

  /// The augmentation.
  public var augmentation: AugmentationSettings {
    var settings = AugmentationSettings()
    settings.rounds = nIter
    settings.operations = Set(operations.operations)
    return settings
  }

  /// The plan of a run.
  public func plan(_ corpora: CorpusOptions, seed: UInt64) -> DistillationPlan {
    var plan = DistillationPlan(
      train: corpora.trainSource, dev: corpora.devSource, test: corpora.testSource)
    plan.teacher = teacher
    plan.furtherTeachers = furtherTeachers
    plan.wordShapes = wordShapes.wordShapes
    plan.run = run
    plan.augmentation = augmentation
    var reading = corpora.reading.format
    reading.columns = nil
    plan.unlabelled = unlabelled.map { UnlabelledText(path: $0, format: reading) }
    plan.loss = loss ?? recipe.loss
    plan.alpha = alpha ?? recipe.alpha
    plan.finalAlpha = finalAlpha
    plan.temperature = temperature
    plan.dropout = dropout
    plan.originalRepeats = originalRepeats
    plan.design.layers = layers
    plan.design.pieceDimension = pieceDimension
    plan.design.hidden = hiddenSize
    plan.design.hasCRF = crf ?? recipe.hasCRF
    plan.design.wordVectors = wordVectors
    plan.studentTraining = studentTraining
    plan.teacherTraining.epochs = teacherEpochs ?? 0
    plan.seed = seed
    plan.checkpoints = checkpoints.policy
    return plan
  }

  /// How the student is trained; epochs 0 lets the corpus' size decide.
  private var studentTraining: TrainingSettings {
    var settings = TrainingSettings.student
    settings.epochs = epochs ?? 0
    settings.batchSize = recipe.batchSize
    if optimizer ?? recipe.optimizer == .adadelta {
      settings.optimizer = .adaDelta(AdaDelta.Settings())
      settings.learningRate = AdaDelta.Settings.usualRate
    }
    settings.schedule = schedule
    settings.averagesWeights = averageWeights
    settings.patience = patience
    return settings
  }
}

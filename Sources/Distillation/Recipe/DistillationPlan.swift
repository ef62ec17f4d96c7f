import Augment
import Corpora
import Kernels
import Labels
import Layers
import Teachers
import Training

/// Everything that decides a run: corpora, teacher, augmentation, objective, training.
public struct DistillationPlan: Sendable {
  /// What the examples are for.
  public let task: TaskKind
  /// Examples to learn from.
  public var train: CorpusSource
  /// Examples to choose by.
  public var dev: CorpusSource
  /// Examples to be scored on, where there are any.
  public var test: CorpusSource?
  /// Examples without labels, for the teacher to label in addition to the augmented ones.
  public var unlabelled: UnlabelledText?
  /// A Hugging Face directory or a name from the register.
  public var teacher = TeacherRegister.defaultTeacher
  /// The directories of further taggers, whose logits are averaged with the teacher's.
  public var furtherTeachers: [String] = []
  /// Whether an uncased BERT that is fine-tuned, the teacher or a student cut from it, reads the shapes of words.
  public var wordShapes = true
  /// The folder of the run.
  public var run = "runs/default"
  /// How sentences are perturbed.
  public var augmentation = AugmentationSettings()
  /// What gives the training examples their parts of speech, where word swaps need them and the corpus has none; nil for an
  /// error there.
  public var partOfSpeechTagger: (any PartOfSpeechTagger)?
  /// How the teacher is fine-tuned, where it is no tagger yet; epochs 0 lets the corpus' size decide.
  public var teacherTraining = TrainingSettings.fineTuning
  /// The numbers in which the teacher's linear layers multiply when it labels.
  public var labellingPrecision = Precision.fp32
  /// How the student is trained; epochs 0 lets the corpus' size decide.
  public var studentTraining = TrainingSettings.student
  /// What the student is built of.
  public var design = StudentDesign()
  /// What the student's logits are held to.
  public var loss = DistillationLoss.kl
  /// The weight of the gold labels beside the teacher, 0 to 1.
  public var alpha: Float = 0.5
  /// The weight of the gold labels that alpha moves to, step by step; nil where it stays.
  public var finalAlpha: Float?
  /// The temperature of the divergence, one of `temperatures`.
  public var temperature: Float = 1
  /// The dropout on the BiLSTM's input and output, 0 to below 1; nil for what `dropout(onOriginalsAlone:)` says.
  public var dropout: Float?
  /// How often each sentence of the training corpus comes in a pass over it and others, 1 to `maximumRepeats`.
  public var originalRepeats = 1
  /// The seed of everything random.
  public var seed: UInt64 = 1
  /// How often trainings are kept, and whether interrupted stages are taken up; of no effect on the result.
  public var checkpoints = CheckpointPolicy()

  /// The temperatures that are asked for; far beyond them a float32 overflows.
  public static let temperatures: ClosedRange<Float> = 0.01...1000

  /// The most repeats that are asked for.
  public static let maximumRepeats = 100

  /// All teachers, for people.
  public var teacherNames: String { ([teacher] + furtherTeachers).joined(separator: " + ") }

  /// The dropout on a BiLSTM's input and output: more where the same few sentences come again and again.
  ///
  /// - Parameter onOriginalsAlone: Whether the student sees no sentences but those of the training corpus.
  /// - Returns: `dropout`, or else 0.5 on original sentences alone and 0.3 with others.
  public func dropout(onOriginalsAlone: Bool = false) -> Float {
    dropout ?? (onOriginalsAlone ? 0.5 : 0.3)
  }

  /// What gives parts of speech to the examples of a corpus when they are augmented; nil where nothing needs to.
  public func tagger(for corpus: Corpus) -> (any PartOfSpeechTagger)? {
    augmentation.usesPartsOfSpeech && !corpus.hasPartsOfSpeech ? partOfSpeechTagger : nil
  }

  /// Makes sure that a corpus has what the augmentation needs, or a tagger gives it.
  ///
  /// - Throws: `DataError` if word swaps need parts of speech and there are none.
  public func checkAugmentation(of corpus: Corpus) throws {
    if tagger(for: corpus) == nil { try Augmenter.check(augmentation, on: corpus) }
  }

  /// The student's loss.
  public var objective: ObjectiveSchedule {
    ObjectiveSchedule(
      loss.objective(alpha: alpha, temperature: temperature),
      movingTo: finalAlpha.map { loss.objective(alpha: $0, temperature: temperature) })
  }

  /// The defaults for a task on three corpora.
  public init(
    task: TaskKind = .tag, train: CorpusSource, dev: CorpusSource, test: CorpusSource?
  ) {
    self.task = task
    self.train = train
    self.dev = dev
    self.test = test
    augmentation = AugmentationSettings(for: task)
    teacherTraining.epochs = 0
    studentTraining.epochs = 0
  }
}

/// The number of epochs that suits a corpus: few passes over a large one, more over a small one.
public enum EpochRule {
  /// Fine-tuning a BERT: 3 to 8 epochs.
  public static func fineTuning(sentences: Int, batchSize: Int) -> Int {
    epochs(steps: 1300, sentences: sentences, batchSize: batchSize, among: 3...8)
  }

  /// The BiLSTM on gold labels: 12 to 40 epochs.
  public static func direct(sentences: Int, batchSize: Int) -> Int {
    epochs(steps: 8000, sentences: sentences, batchSize: batchSize, among: 12...40)
  }

  /// The BiLSTM on a teacher's logits over augmented sentences: 4 to 8 epochs.
  public static func distilled(sentences: Int, batchSize: Int) -> Int {
    epochs(steps: 4000, sentences: sentences, batchSize: batchSize, among: 4...8)
  }

  /// A truncated BERT on a teacher's logits over augmented sentences: 1 to 3 epochs.
  public static func distilledBERT(sentences: Int, batchSize: Int) -> Int {
    epochs(steps: 600, sentences: sentences, batchSize: batchSize, among: 1...3)
  }

  /// A BERT from random weights on gold labels: 12 to 16 epochs, after which its dev F1 rises no more.
  public static func fromScratch(sentences: Int, batchSize: Int) -> Int {
    epochs(steps: 8000, sentences: sentences, batchSize: batchSize, among: 12...16)
  }

  /// A BERT from random weights on a teacher's logits over augmented sentences: 2 to 4 epochs.
  public static func distilledFromScratch(sentences: Int, batchSize: Int) -> Int {
    epochs(steps: 2000, sentences: sentences, batchSize: batchSize, among: 2...4)
  }

  private static func epochs(
    steps: Int, sentences: Int, batchSize: Int, among range: ClosedRange<Int>
  ) -> Int {
    let stepsPerEpoch = max(1, (sentences + batchSize - 1) / max(batchSize, 1))
    let wanted = (steps + stepsPerEpoch / 2) / stepsPerEpoch
    return min(max(wanted, range.lowerBound), range.upperBound)
  }
}

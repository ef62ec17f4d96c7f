import ArgumentParser
import Augment
import Corpora
import Distillation
import PartsOfSpeech
import Teachers

extension Recipe: ExpressibleByArgument {}

/// What decides how a student is distilled.
struct DistillationOptions: ParsableArguments {
  @OptionGroup(title: "Teacher options") var teachers: TeacherOptions
  @OptionGroup(title: "Recipe options") var recipe: RecipeChoice
  @OptionGroup(title: "Augmentation options") var augmentation: RecipeOptions<AugmentationSection>
  @OptionGroup(title: "Loss options") var loss: RecipeOptions<LossSection>
  @OptionGroup(title: "Student options") var student: RecipeOptions<StudentSection>
  @OptionGroup(title: "Training options") var training: RecipeOptions<TrainingSection>
  @OptionGroup(title: "Run options") var run: RunOptions

  /// Checks what the sections say together.
  func validate() throws {
    _ = try filled(
      DistillationPlan(
        train: CorpusSource(path: nil, otherwise: BundledCorpus.gazette.train),
        dev: CorpusSource(path: nil, otherwise: BundledCorpus.gazette.dev), test: nil))
  }

  /// The plan of a run.
  ///
  /// - Throws: `ValidationError` for a value that its setting cannot have.
  func plan(_ corpora: CorpusOptions, seed: UInt64) throws -> DistillationPlan {
    var plan = try filled(
      DistillationPlan(
        task: corpora.trainSource.task(), train: corpora.trainSource, dev: corpora.devSource,
        test: corpora.testSource))
    try student.check(areUsedBy: plan.task)
    plan.teacher = teachers.teacher
    plan.furtherTeachers = teachers.furtherTeachers
    plan.wordShapes = teachers.wordShapes.wordShapes
    plan.run = run.run
    var reading = corpora.reading.format
    reading.columns = nil
    plan.unlabelled = recipe.unlabelled.map { UnlabelledText(path: $0, format: reading) }
    plan.design.wordVectors = recipe.wordVectors
    plan.partOfSpeechTagger = BundledPartOfSpeechTagger()
    plan.seed = seed
    plan.checkpoints = run.checkpoints.policy
    return plan
  }

  /// Checks that the run's folder and `--summary` are apart from one another and from what is read.
  ///
  /// - Throws: `ValidationError` that names two that are not.
  func checkOutputs(_ corpora: CorpusOptions, _ common: CommonOptions) throws {
    try common.check(
      [("--run", run.run)],
      inputs: [
        corpora.train, corpora.dev, corpora.test, recipe.unlabelled, recipe.wordVectors,
        teachers.teacher,
      ] + teachers.furtherTeachers)
  }

  /// A plan with the values of the named recipe and, over them, those that were given.
  private func filled(_ plan: DistillationPlan) throws -> DistillationPlan {
    var plan = plan
    recipe.recipe.apply(to: &plan)
    try augmentation.apply(to: &plan)
    try loss.apply(to: &plan)
    try student.apply(to: &plan)
    try training.apply(to: &plan)
    if let problem = plan.augmentation.problem { throw ValidationError(problem) }
    return plan
  }
}

/// The teachers of a student.
struct TeacherOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The teacher: a Hugging Face directory, or a name (\(TeacherRegister.knownNames)), which is downloaded once with pip.",
      valueName: "dir|name"))
  var teacher = TeacherRegister.defaultTeacher

  @Option(
    name: .customLong("further-teacher"),
    help: ArgumentHelp(
      "A further teacher with the same labels, a BERT or a student. The option may be repeated; the student learns from the mean of all teachers' logits. Word pieces and truncated BERTs come from --teacher.",
      valueName: "dir"))
  var furtherTeachers: [String] = []

  @OptionGroup var wordShapes: WordShapeOptions
  @OptionGroup var precision: PrecisionOptions
}

/// The recipe by name, and the files that it reads.
struct RecipeChoice: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Preset for options you do not set: default, the recipe that measured best; or paper, that of Tang et al. 2019 carried over from sentences to words (mse loss, alpha 0, adadelta, batches of 50, no CRF). The two channels of word vectors of the paper need --word-vectors.",
      valueName: "recipe"))
  var recipe = Recipe.standard

  @Option(
    help: ArgumentHelp(
      "Word vectors as text (GloVe, word2vec), used as a frozen and a tuned copy instead of the teacher's word pieces. They help with few training sentences, and with words that the teacher hardly knows.",
      valueName: "file"))
  var wordVectors: String?

  @Option(
    help: ArgumentHelp(
      "Sentences without tags, which the teacher labels in addition to the augmented ones: running text in UTF-8 if the name ends in .txt, else a corpus whose tags are ignored. The more it resembles the text to be tagged, the more it helps.",
      valueName: "file"))
  var unlabelled: String?

  func validate() throws {
    guard wordVectors != "-" else {
      throw ValidationError("Word vectors are read more than once and cannot be standard input.")
    }
    guard unlabelled != "-" else {
      throw ValidationError("Sentences are read more than once and cannot be standard input.")
    }
  }
}

/// Where a run is kept.
struct RunOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The folder of the run.", valueName: "dir"))
  var run = "runs/default"

  @OptionGroup var checkpoints: CheckpointOptions
}

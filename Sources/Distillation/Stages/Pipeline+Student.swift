import Corpora
import Evaluation
import Files
import Kernels
import Labels
import Layers
import ModelFiles
import Networks
import Runtime
import StudentFormat
import Text
import Training

extension Pipeline {
  /// What the stages before the student left.
  public struct Prepared {
    /// The teacher.
    public let teacher: Teacher
    /// The augmented sentences.
    public let augmented: TransferCorpus
    /// The augmented sentences, and those without tags if there are any.
    public let transfer: [TransferCorpus]
    /// The teacher's logits of the original sentences and of those of `transfer`.
    public let logits: LogitStore
    /// The hash of the logits.
    public let logitsDigest: String
    /// The key of the logits in the first version of stages.json.
    let formerLogitsKey: String
  }

  /// Runs the stages before the student, as far as they are not up to date.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  public func prepare() throws -> Prepared {
    let teacher = try teacher()
    let augmented = try augmented()
    let transfer = [augmented] + [unlabelled].compactMap(\.self)
    let logits = try logits(teacher: teacher, transfer: transfer)
    return Prepared(
      teacher: teacher, augmented: augmented, transfer: transfer, logits: logits.store,
      logitsDigest: logits.digest, formerLogitsKey: logits.formerKey)
  }

  /// What a student learns from, and what that contributes to the key of its stage.
  public struct Lesson {
    /// The sentences and logits.
    public let trainingData: ModelTraining.TrainingData
    /// Their content as lines `name=value`.
    public let keyLines: [String]
  }

  /// What a student learns from.
  ///
  /// - Parameters:
  ///   - prepared: What the stages before it left.
  ///   - isDistilled: Whether it learns from the teacher's logits.
  ///   - isAugmented: Whether it sees more than the original sentences: augmented ones, and those without tags where it is
  ///     distilled.
  /// - Returns: The sentences and logits with their contribution to the key.
  /// - Throws: `FileError` if a corpus cannot be read.
  public func lesson(
    _ prepared: Prepared, isDistilled: Bool, isAugmented: Bool
  ) throws -> Lesson {
    let further = isDistilled ? prepared.transfer : [prepared.augmented]
    let transfer = isAugmented ? further : []
    var lines = try ["train=\(plan.train.key())", "dev=\(plan.dev.key())"]
    if isDistilled { lines.append("logits=\(prepared.logitsDigest)") }
    lines += transfer.enumerated().map { "transfer.\($0)=\($1.key)" }
    if isAugmented { lines.append("original_repeats=\(plan.originalRepeats)") }
    return Lesson(
      trainingData: ModelTraining.TrainingData(
        task: corpora.task, train: train, transfer: transfer,
        teacherLogits: isDistilled ? prepared.logits : nil,
        dev: dev, labels: labels, originalRepeats: plan.originalRepeats),
      keyLines: lines)
  }

  /// What a BiLSTM student is built of, as lines `name=value`.
  ///
  /// - Throws: `FileError` if a file cannot be read.
  public func studentKeyLines(_ prepared: Prepared, dropout: Float) throws -> [String] {
    // Its vocabulary holds the words of the sentences without tags, even where it does not learn from them.
    try plan.design.keyLines(for: corpora.task.kind) + [
      "dropout=\(dropout)", "unlabelled=\(unlabelled?.key ?? "none")",
    ]
      + prepared.teacher.keyLines.map { "teacher.\($0)" }
  }

  /// Trains a BiLSTM student and writes its directory.
  ///
  /// - Parameters:
  ///   - training: How it is trained.
  ///   - trainingData: What it learns from.
  ///   - prepared: What the stages before it left.
  ///   - dropout: The dropout on its BiLSTM's input and output.
  ///   - name: Its name for messages.
  ///   - stage: The stage that this is.
  /// - Returns: The training's figures.
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  public func trainStudent(
    _ training: ModelTraining, on trainingData: ModelTraining.TrainingData, _ prepared: Prepared,
    dropout: Float, name: String, stage: Stage
  ) throws -> TrainingOutcome {
    let model = try newStudent(
      teacherPath: prepared.teacher.path, dropout: dropout, seed: training.settings.seed)
    let outcome = try training.train(
      model, on: trainingData, name: name, checkpoint: checkpoint(of: stage), observe: observe)
    try model.save(
      to: stage.artefact, temperature: model.temperature(fittedTo: dev, workers: workers))
    return outcome
  }

  /// A student that has learnt nothing yet but the teacher's vocabulary, reduced by PCA, or word vectors.
  private func newStudent(
    teacherPath: String, dropout: Float, seed: UInt64
  ) throws -> StudentModel {
    let teacher = try BERTModel(path: teacherPath, task: plan.task)
    return try StudentModel(
      task: corpora.task.kind, labels: labels.names,
      vocabulary: StudentVocabulary(
        learnedFrom: wordTypes, tokenizer: teacher.tokenizer, list: wordVectors?.words),
      tokenizerOptions: teacher.tokenizerOptions, vocabularyPath: teacher.vocabularyPath,
      pieceTable: teacher.network.wordEmbeddingTable.matrix(in: teacher.parameters.base),
      wordVectors: wordVectors, pieceDimension: plan.design.pieceDimension,
      hidden: plan.design.hidden, layers: plan.design.layers,
      hasCRF: plan.design.hasCRF && corpora.task.kind.labelsWords,
      headHidden: plan.design.headHidden, pooling: plan.design.pooling, seed: seed,
      dropout: dropout)
  }

  /// The distilled BiLSTM student.
  ///
  /// - Parameter prepared: What the stages before it left.
  /// - Returns: The student's directory and the hash of its content.
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  public func distilledStudent(_ prepared: Prepared) throws -> (path: String, digest: String) {
    var settings = plan.studentTraining
    settings.seed = plan.seed
    if settings.epochs == 0 {
      settings.epochs = EpochRule.distilled(
        sentences: prepared.logits.exampleCount, batchSize: settings.batchSize)
    }
    let dropout = plan.dropout()
    let training = ModelTraining(settings: settings, objective: plan.objective, workers: workers)
    let lesson = try lesson(prepared, isDistilled: true, isAugmented: true)
    let former = FormerKey(
      [
        "student", prepared.formerLogitsKey, FormerKey.part(settings),
        FormerKey.part(plan.objective), "\(dropout)", try plan.dev.key(),
      ] + (try FormerKey.parts(plan.design))
        + FormerKey.parts(originalRepeats: plan.originalRepeats),
      unkeyed: try HuggingFaceDirectory(path: prepared.teacher.path).settingsPaths)
    let stage = Stage(
      "student", artefact: folder.student,
      inputs: try training.keyLines + lesson.keyLines
        + studentKeyLines(prepared, dropout: dropout), former: former)
    let digest = try stage.run(in: folder, observe: observe) {
      let outcome = try trainStudent(
        training, on: lesson.trainingData, prepared, dropout: dropout, name: "student", stage: stage
      )
      try ModelCard.student(plan, corpora.task, outcome: outcome).write(to: folder.student)
      try TrainingRecord(outcome).write(besideModel: folder.student)
    }
    return (folder.student, digest)
  }
}

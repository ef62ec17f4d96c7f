import Corpora
import Distillation
import Files
import JSON
import Kernels
import Labels
import Layers
import ModelFiles
import Networks
import Runtime
import Teachers
import Training

/// Trains the students of a comparison, each a stage of the run.
struct StudentBuilder {
  let pipeline: Pipeline
  let prepared: Pipeline.Prepared
  let workers: Workers
  /// What the names of the students' folders end in; nil for the students of a comparison.
  var variant: String?

  /// A trained student.
  struct Built {
    let path: String
    /// The hash of its content.
    let digest: String

    init(path: String, digest: String) {
      self.path = path
      self.digest = digest
    }

    /// The teacher, which is judged as a student is.
    init(teacher: Pipeline.Teacher) {
      path = teacher.path
      digest = ContentHash.key(of: teacher.keyLines)
    }
  }

  private var plan: DistillationPlan { pipeline.plan }

  /// Refuses students that cannot be made, before hours are spent on the others.
  ///
  /// - Throws: `FileError` or `DataError` for a directory that is missing or wrong, or a teacher with too few layers.
  static func check(_ choices: [StudentChoice], teacher: String) throws {
    let layers = try HuggingFaceDirectory(path: teacher).configuration.layerCount
    for choice in choices {
      switch choice.kind {
      case .truncated(let selection) where selection.indices(of: layers) == nil:
        throw DataError(
          file: teacher, found: "\(layers) layers", expected: "enough for \(choice.kind)",
          remedy: "choose smaller numbers in --students")
      case .small(let name):
        _ = try HuggingFaceDirectory(path: TeacherRegister().resolve(name))
      default: break
      }
    }
  }

  /// The student's directory.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  func build(_ choice: StudentChoice, seed: UInt64) throws -> Built {
    if variant == nil, seed == plan.seed,
      choice == StudentChoice(kind: .bilstmAugmented, isDistilled: true)
    {
      let student = try pipeline.distilledStudent(prepared)
      return Built(path: student.path, digest: student.digest)
    }
    let folderName = folderName(of: choice)
    let lesson = try pipeline.lesson(
      prepared, isDistilled: choice.isDistilled, isAugmented: isAugmented(choice))
    let training = training(of: choice, on: lesson.trainingData, seed: seed)
    let stage = Stage(
      "students/\(folderName)/seed-\(seed)",
      artefact: pipeline.folder.student(named: folderName, seed: seed),
      inputs: ["student=\(choice)"] + training.keyLines + lesson.keyLines
        + (try originKeyLines(choice)))
    let name = seed == plan.seed ? "\(choice)" : "\(choice), seed \(seed)"
    let digest = try stage.run(in: pipeline.folder, observe: pipeline.observe) {
      let outcome = try train(choice, training, on: lesson.trainingData, name: name, stage: stage)
      try TrainingRecord(outcome).write(besideModel: stage.artefact)
    }
    return Built(path: stage.artefact, digest: digest)
  }

  /// The name of the folder in which a student lies.
  func folderName(of choice: StudentChoice) -> String {
    variant.map { "\(choice.folderName)-\($0)" } ?? choice.folderName
  }

  private func train(
    _ choice: StudentChoice, _ training: ModelTraining, on trainingData: ModelTraining.TrainingData,
    name: String, stage: Stage
  ) throws -> TrainingOutcome {
    guard let model = try newBERT(choice.kind, seed: training.settings.seed) else {
      return try pipeline.trainStudent(
        training, on: trainingData, prepared, dropout: dropout(choice), name: name, stage: stage)
    }
    let outcome = try training.train(
      model, on: trainingData, name: name, checkpoint: pipeline.checkpoint(of: stage),
      observe: pipeline.observe)
    try model.save(to: stage.artefact)
    return outcome
  }

  /// The BERT that a student starts from; nil for a BiLSTM.
  private func newBERT(_ kind: StudentKind, seed: UInt64) throws -> BERTModel? {
    switch kind {
    case .truncated(let selection):
      try BERTModel(
        path: pipeline.baseTeacher, task: plan.task, labels: pipeline.labels.names,
        layers: selection,
        wordShapes: plan.wordShapes, seed: seed)
    case .small(let name):
      try BERTModel(
        path: TeacherRegister().resolve(name), task: plan.task, labels: pipeline.labels.names,
        wordShapes: plan.wordShapes, seed: seed)
    case .random(let sizes):
      try BERTModel(
        random: try randomConfiguration(sizes), tokenizerFrom: pipeline.baseTeacher,
        task: plan.task, wordShapes: plan.wordShapes, seed: seed)
    case .bilstm, .bilstmAugmented: nil
    }
  }

  /// What a student starts from and is built of, as lines `name=value`.
  private func originKeyLines(_ choice: StudentChoice) throws -> [String] {
    guard choice.kind.isBERT else {
      return try pipeline.studentKeyLines(prepared, dropout: dropout(choice))
    }
    let origin =
      if case .small(let name) = choice.kind {
        try TeacherRegister().resolve(name)
      } else {
        pipeline.baseTeacher
      }
    var lines = try ModelDirectories.open(origin).keyLines().map { "origin.\($0)" }
    if plan.task.labelsWords { lines.append("word_shapes=\(plan.wordShapes)") }
    if case .random(let sizes) = choice.kind {
      lines.append("configuration=\(try randomConfiguration(sizes).json.text())")
    }
    return lines
  }

  /// A BERT of the given sizes with the teacher's vocabulary.
  private func randomConfiguration(_ sizes: StudentKind.RandomBERT) throws -> ModelConfiguration {
    var configuration = try HuggingFaceDirectory(path: pipeline.baseTeacher).configuration
    configuration.hiddenSize = sizes.width
    configuration.headCount = sizes.heads
    configuration.intermediateSize = 4 * sizes.width
    configuration.layerCount = sizes.layers
    configuration.labels = pipeline.labels.names
    return configuration
  }

  /// Whether a student sees augmented examples: where its name says so, and for a BERT where it is distilled.
  private func isAugmented(_ choice: StudentChoice) -> Bool {
    choice.kind == .bilstmAugmented || (choice.kind.isBERT && choice.isDistilled)
  }

  private func training(
    of choice: StudentChoice, on trainingData: ModelTraining.TrainingData, seed: UInt64
  ) -> ModelTraining {
    let sentences =
      trainingData.train.examples.count + trainingData.transfer.reduce(0) { $0 + $1.count }
    var settings = StudentRecipe.settings(for: choice, sentences: sentences, plan)
    settings.seed = seed
    return ModelTraining(
      settings: settings, objective: choice.isDistilled ? plan.objective : .goldLabels,
      workers: workers)
  }

  private func dropout(_ choice: StudentChoice) -> Float {
    plan.dropout(onOriginalsAlone: choice.kind == .bilstm)
  }
}

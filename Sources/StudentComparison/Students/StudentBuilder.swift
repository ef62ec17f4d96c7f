import Corpora
import Distillation
import Files
import Kernels
import Layers
import ModelFiles
import Networks
import Runtime
import Teachers
import Training

/// Trains the students of a comparison in the run's folder; one whose key still matches is not trained again.
struct StudentBuilder {
  let pipeline: Pipeline
  let prepared: Pipeline.Prepared
  let workers: Workers
  /// What the names of the students' folders end in; nil for the students of a comparison.
  var variant: String?

  /// A trained student.
  struct Built {
    let path: String
    /// What it was made from.
    let key: String
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
      let path = try pipeline.distilledStudent()
      return Built(path: path, key: pipeline.folder.key(of: "student") ?? "")
    }
    let folderName = folderName(of: choice)
    let path = pipeline.folder.student(named: folderName, seed: seed)
    let training = training(of: choice, seed: seed)
    let key = try ContentHash.key(
      of: [
        "\(choice)", prepared.logits.key, "\(training.settings)", "\(training.objective)",
        "\(dropout(choice))", origin(of: choice.kind), plan.dev.key(),
      ] + (choice.kind.isBERT ? [] : plan.design.keyParts())
        + (isAugmented(choice) ? plan.repeatsKeyParts : []))
    let stage = "students/\(folderName)/seed-\(seed)"
    guard pipeline.folder.key(of: stage) != key else {
      pipeline.observe(.message("\(choice): \(path) is up to date"))
      return Built(path: path, key: key)
    }
    try pipeline.folder.begin(stage)
    let name = seed == plan.seed ? "\(choice)" : "\(choice), seed \(seed)"
    let outcome = try train(
      choice, training, name: name, into: path,
      checkpoint: pipeline.checkpoint(of: stage, key: key))
    try TrainingRecord(outcome).write(besideModel: path)
    try pipeline.folder.finish(stage, key: key)
    return Built(path: path, key: key)
  }

  /// The name of the folder in which a student lies.
  func folderName(of choice: StudentChoice) -> String {
    variant.map { "\(choice.folderName)-\($0)" } ?? choice.folderName
  }

  private func train(
    _ choice: StudentChoice, _ training: ModelTraining, name: String, into path: String,
    checkpoint: CheckpointFile
  ) throws -> TrainingOutcome {
    let material = material(of: choice)
    if let model = try newBERT(choice.kind, seed: training.settings.seed) {
      let outcome = try training.train(
        model, on: material, name: name, checkpoint: checkpoint, observe: pipeline.observe)
      try model.save(to: path)
      return outcome
    }
    let model = try pipeline.newStudent(
      teacherPath: prepared.teacher.path, dropout: dropout(choice), seed: training.settings.seed)
    let outcome = try training.train(
      model, on: material, name: name, checkpoint: checkpoint, observe: pipeline.observe)
    try model.save(
      to: path, temperature: model.temperature(fittedTo: pipeline.dev, workers: workers))
    return outcome
  }

  /// The BERT that a student starts from; nil for a BiLSTM.
  private func newBERT(_ kind: StudentKind, seed: UInt64) throws -> BERTModel? {
    switch kind {
    case .truncated(let selection):
      try BERTModel(
        path: pipeline.baseTeacher, labels: pipeline.labels.names, layers: selection,
        wordShapes: plan.wordShapes, seed: seed)
    case .small(let name):
      try BERTModel(
        path: TeacherRegister().resolve(name), labels: pipeline.labels.names,
        wordShapes: plan.wordShapes, seed: seed)
    case .random(let sizes):
      try BERTModel(
        random: try randomConfiguration(sizes), tokenizerFrom: pipeline.baseTeacher,
        wordShapes: plan.wordShapes, seed: seed)
    case .bilstm, .bilstmAugmented: nil
    }
  }

  /// What a student starts from, as far as the teacher's logits do not tell it.
  private func origin(of kind: StudentKind) throws -> String {
    let shapes = "word shapes \(plan.wordShapes) "
    return switch kind {
    case .small(let name):
      shapes
        + (try HuggingFaceDirectory(path: TeacherRegister().resolve(name)).hashes())
        .joined(separator: " ")
    case .random(let sizes): shapes + "\(try randomConfiguration(sizes))"
    case .truncated: shapes
    case .bilstm, .bilstmAugmented: ""
    }
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

  /// The sentences and logits that a student sees: augmented ones where its name says so, and for a BERT where it is
  /// distilled; with them those without tags where it is distilled.
  private func material(of choice: StudentChoice) -> ModelTraining.Material {
    let transfer = choice.isDistilled ? prepared.transfer : [prepared.augmented]
    return ModelTraining.Material(
      train: pipeline.train, transfer: isAugmented(choice) ? transfer : [],
      teacherLogits: choice.isDistilled ? prepared.logits : nil, dev: pipeline.dev,
      labels: pipeline.labels, originalRepeats: plan.originalRepeats)
  }

  private func isAugmented(_ choice: StudentChoice) -> Bool {
    choice.kind == .bilstmAugmented || (choice.kind.isBERT && choice.isDistilled)
  }

  private func training(of choice: StudentChoice, seed: UInt64) -> ModelTraining {
    let material = material(of: choice)
    let sentences = material.train.sentences.count + material.transfer.reduce(0) { $0 + $1.count }
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

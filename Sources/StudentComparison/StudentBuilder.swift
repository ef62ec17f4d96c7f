import Corpora
import Distillation
import Files
import Kernels
import Layers
import ModelFiles
import Networks
import Training

/// Trains the students of a comparison in the run's folder; one whose key still matches is not trained again.
struct StudentBuilder {
  let pipeline: Pipeline
  let prepared: Pipeline.Prepared
  let workers: Workers

  /// A trained student.
  struct Built {
    let path: String
    /// How long it was trained; nil where it was there already.
    let seconds: Double?
  }

  private var plan: DistillationPlan { pipeline.plan }

  /// The student's directory.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  func build(_ choice: StudentChoice) throws -> Built {
    let start = ContinuousClock().now
    if choice == StudentChoice(kind: .bilstmAugmented, isDistilled: true) {
      let path = try pipeline.distilledStudent()
      return Built(path: path, seconds: nil)
    }
    let path = pipeline.folder.student(named: "\(choice)")
    let training = training(of: choice)
    let key = ContentHash.key(of: [
      "\(choice)", prepared.logits.key, "\(training.settings)", "\(training.objective)",
      "\(dropout(choice))", try plan.dev.hash(),
    ])
    let stage = "students/\(choice)"
    guard pipeline.folder.key(of: stage) != key else {
      pipeline.observe(.message("\(choice): \(path) is up to date"))
      return Built(path: path, seconds: nil)
    }
    try pipeline.folder.begin(stage)
    try train(choice, training, into: path)
    try pipeline.folder.finish(stage, key: key)
    return Built(path: path, seconds: (ContinuousClock().now - start).seconds)
  }

  private func train(_ choice: StudentChoice, _ training: ModelTraining, into path: String) throws {
    let material = material(of: choice)
    let name = "\(choice)"
    switch choice.kind {
    case .truncated(let selection):
      let model = try BERTModel(
        path: pipeline.baseTeacher, labels: pipeline.labels.names, layers: selection,
        seed: plan.seed)
      _ = try training.train(model, on: material, name: name, observe: pipeline.observe)
      try model.save(to: path)
    case .random(let layers):
      let model = try BERTModel(
        random: try randomConfiguration(layers: layers), tokenizerFrom: pipeline.baseTeacher,
        seed: plan.seed)
      _ = try training.train(model, on: material, name: name, observe: pipeline.observe)
      try model.save(to: path)
    case .bilstm, .bilstmAugmented:
      let model = try pipeline.newStudent(
        teacherPath: prepared.teacher.path, dropout: dropout(choice), seed: plan.seed)
      _ = try training.train(model, on: material, name: name, observe: pipeline.observe)
      try model.save(to: path)
    }
  }

  /// Layers of 128 in 4 heads, with the teacher's vocabulary.
  private func randomConfiguration(layers: Int) throws -> ModelConfiguration {
    var configuration = try HuggingFaceDirectory(path: pipeline.baseTeacher).configuration
    configuration.hiddenSize = 128
    configuration.headCount = 4
    configuration.intermediateSize = 512
    configuration.layerCount = layers
    configuration.labels = pipeline.labels.names
    return configuration
  }

  /// The sentences and logits that a student sees: augmented ones where its name says so, and for a truncated BERT where it
  /// is distilled.
  private func material(of choice: StudentChoice) -> ModelTraining.Material {
    let isBERT = choice.kind != .bilstm && choice.kind != .bilstmAugmented
    let isAugmented = choice.kind == .bilstmAugmented || (isBERT && choice.isDistilled)
    return ModelTraining.Material(
      train: pipeline.train, augmented: isAugmented ? prepared.augmented.sentences : [],
      teacherLogits: choice.isDistilled ? prepared.logits : nil, dev: pipeline.dev,
      labels: pipeline.labels)
  }

  private func training(of choice: StudentChoice) -> ModelTraining {
    let material = material(of: choice)
    let sentences = material.train.sentences.count + material.augmented.count
    var settings: TrainingSettings
    switch choice.kind {
    case .truncated, .random:
      settings = plan.teacherTraining
      settings.epochs =
        choice.isDistilled
        ? EpochRule.distilledBERT(sentences: sentences, batchSize: settings.batchSize)
        : EpochRule.fineTuning(sentences: sentences, batchSize: settings.batchSize)
    case .bilstm:
      settings = plan.studentTraining
      settings.epochs = EpochRule.direct(sentences: sentences, batchSize: settings.batchSize)
    case .bilstmAugmented:
      settings = plan.studentTraining
      settings.epochs = EpochRule.distilled(sentences: sentences, batchSize: settings.batchSize)
    }
    settings.seed = plan.seed
    return ModelTraining(
      settings: settings, objective: choice.isDistilled ? plan.objective : .goldLabels,
      workers: workers)
  }

  /// The BiLSTM's dropout: more where the same few sentences come again and again.
  private func dropout(_ choice: StudentChoice) -> Float {
    choice.kind == .bilstm ? 0.5 : plan.studentDropout
  }
}

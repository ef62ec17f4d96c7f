import Corpora
import Evaluation
import Files
import Kernels
import Layers
import Networks
import Runtime
import StudentFormat
import Text
import Training

extension Pipeline {
  /// What the stages before the student left.
  public struct Prepared {
    /// The teacher's directory and its key.
    public let teacher: (path: String, key: String)
    /// The augmented sentences.
    public let augmented: TransferCorpus
    /// The augmented sentences, and those without tags if there are any.
    public let transfer: [TransferCorpus]
    /// The teacher's logits of the original sentences and of those of `transfer`.
    public let logits: LogitStore
  }

  /// Runs the stages before the student, as far as they are not up to date.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  public func prepare() throws -> Prepared {
    let teacher = try teacher()
    let augmented = try augmented()
    let transfer = [augmented] + [unlabelled].compactMap(\.self)
    return Prepared(
      teacher: teacher, augmented: augmented, transfer: transfer,
      logits: try logits(teacher: teacher, transfer: transfer))
  }

  /// A student that has learnt nothing yet but the teacher's vocabulary, reduced by PCA, or word vectors.
  ///
  /// - Throws: `FileError` or `DataError` for a file of the teacher's or of vectors that is missing or wrong.
  public func newStudent(teacherPath: String, dropout: Float, seed: UInt64) throws -> StudentModel {
    let teacher = try BERTModel(path: teacherPath)
    let words = try wordTypes()
    let vectors = try plan.design.wordVectors.map {
      try WordVectorFile.read(path: $0, corpus: words)
    }
    return try StudentModel(
      labels: labels.names,
      vocabulary: StudentVocabulary(
        learnedFrom: words, tokenizer: teacher.tokenizer, list: vectors?.words),
      tokenizerOptions: teacher.tokenizerOptions, vocabularyPath: teacher.vocabularyPath,
      pieceTable: teacher.network.wordEmbeddingTable.matrix(in: teacher.parameters.base),
      wordVectors: vectors, pieceDimension: plan.design.pieceDimension, hidden: plan.design.hidden,
      layers: plan.design.layers, hasCRF: plan.design.hasCRF, seed: seed, dropout: dropout)
  }

  /// The different words of the training corpus and of the sentences without tags; augmentation brings no others.
  private func wordTypes() throws -> [String] {
    var index = WordIndex()
    var words: [String] = []
    let add = { (sentence: Sentence) in
      for word in sentence.words where index.intern(word).isNew { words.append(word) }
    }
    train.sentences.forEach(add)
    try unlabelled?.forEach(add)
    return words
  }

  /// The distilled BiLSTM student's directory.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  public func distilledStudent() throws -> String {
    let prepared = try prepare()
    var settings = plan.studentTraining
    settings.seed = plan.seed
    if settings.epochs == 0 {
      settings.epochs = EpochRule.distilled(
        sentences: prepared.logits.sentenceCount, batchSize: settings.batchSize)
    }
    let key = try ContentHash.key(
      of: [
        "student", prepared.logits.key, "\(settings)", "\(plan.objective)",
        "\(plan.dropout())", plan.dev.key(),
      ] + plan.design.keyParts() + plan.repeatsKeyParts)
    guard folder.key(of: "student") != key else {
      observe(.message("student: \(folder.student) is up to date"))
      return folder.student
    }
    try folder.begin("student")
    let model = try newStudent(
      teacherPath: prepared.teacher.path, dropout: plan.dropout(), seed: plan.seed)
    let material = ModelTraining.Material(
      train: train, transfer: prepared.transfer, teacherLogits: prepared.logits,
      dev: dev, labels: labels, originalRepeats: plan.originalRepeats)
    let outcome = try ModelTraining(
      settings: settings, objective: plan.objective, workers: workers
    ).train(
      model, on: material, name: "student", checkpoint: checkpoint(of: "student", key: key),
      observe: observe)
    try model.save(
      to: folder.student, temperature: model.temperature(fittedTo: dev, workers: workers))
    try ModelCard.student(plan, outcome: outcome).write(to: folder.student)
    try TrainingRecord(outcome).write(besideModel: folder.student)
    try folder.finish("student", key: key)
    return folder.student
  }
}

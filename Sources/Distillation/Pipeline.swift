import Augment
import Corpora
import Evaluation
import Files
import Labels
import Layers
import ModelFiles
import Networks
import Runtime
import Teachers
import Training

/// The whole chain in a run folder: teacher, augmented corpus, logits, student; a stage whose key still matches is not run
/// again.
public struct Pipeline {
  /// What decides the run.
  public let plan: DistillationPlan
  /// Where its artefacts lie.
  public let folder: RunFolder
  /// The original sentences.
  public let train: Corpus
  /// The sentences to choose by.
  public let dev: Corpus
  /// The labels, learnt from the training sentences.
  public let labels: LabelSet
  /// Sentences without tags beside the training corpus.
  public let unlabelled: TransferCorpus?
  /// The teacher's directory as it was given or fetched.
  public let baseTeacher: String
  let workers: Workers
  /// Receives what happens.
  public let observe: PipelineObserver

  /// Reads the corpora and finds the teacher.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  public init(_ plan: DistillationPlan, workers: Workers, observe: @escaping PipelineObserver)
    throws
  {
    self.plan = plan
    self.workers = workers
    self.observe = observe
    folder = try RunFolder(path: plan.run)
    try folder.removeLeftovers()
    train = try plan.train.readTagged { observe(.message($0)) }
    dev = try plan.dev.readTagged { observe(.message($0)) }
    labels = LabelSet(learnedFrom: train.sentences)
    // A file that is missing is told before the teacher is tuned, not after.
    if let vectors = plan.design.wordVectors { _ = try LineReader(path: vectors) }
    unlabelled = try plan.unlabelled.map { try $0.checked() }
    baseTeacher = try TeacherRegister().resolve(plan.teacher) { observe(.message($0)) }
    let isTagger = try HuggingFaceDirectory(path: baseTeacher).isTagger()
    for path in plan.furtherTeachers + (isTagger ? [baseTeacher] : []) {
      if let notice = try LabellingTeacher.check(path: path, labels: labels.names) {
        observe(.message(notice))
      }
    }
  }

  /// The directory of a teacher that is a tagger of the corpus' labels: the given one, or the one fine-tuned in the run.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  public func teacher() throws -> (path: String, key: String) {
    let given = try HuggingFaceDirectory(path: baseTeacher)
    let hashes = try given.hashes()
    if try given.isTagger() {
      return (baseTeacher, ContentHash.key(of: ["teacher"] + hashes))
    }
    var settings = plan.teacherTraining
    settings.seed = plan.seed
    if settings.epochs == 0 {
      settings.epochs = EpochRule.fineTuning(
        sentences: train.sentences.count, batchSize: settings.batchSize)
    }
    let key = ContentHash.key(
      of: ["finetune", "\(settings)", "word shapes \(plan.wordShapes)"] + hashes + [
        try plan.train.key(), try plan.dev.key(),
      ])
    guard folder.key(of: "teacher") != key else {
      observe(.message("teacher: \(folder.teacher) is up to date"))
      return (folder.teacher, key)
    }
    try folder.begin("teacher")
    let model = try BERTModel(
      path: baseTeacher, labels: labels.names, wordShapes: plan.wordShapes, seed: plan.seed)
    let outcome = try ModelTraining(
      settings: settings, objective: .goldLabels, workers: workers
    ).train(
      model, on: ModelTraining.Material(train: train, dev: dev, labels: labels), name: "teacher",
      checkpoint: checkpoint(of: "teacher", key: key), observe: observe)
    try model.save(to: folder.teacher)
    try ModelCard.teacher(plan, readsWordShapes: model.readsWordShapes, outcome: outcome)
      .write(to: folder.teacher)
    try TrainingRecord(outcome).write(besideModel: folder.teacher)
    try folder.finish("teacher", key: key)
    return (folder.teacher, key)
  }

  /// Where a stage's training is kept while it runs, and taken up if it was cut off.
  public func checkpoint(of stage: String, key: String) -> CheckpointFile {
    CheckpointFile(path: folder.checkpoint(of: stage), key: key, policy: plan.checkpoints)
  }

  /// The augmented sentences.
  ///
  /// - Throws: `FileError` when the system cannot write; `DataError` if the corpus lacks what an operation needs.
  public func augmented() throws -> TransferCorpus {
    let settings = plan.augmentation
    let operations = settings.operations.map(\.rawValue).sorted().joined(separator: ",")
    let key = ContentHash.key(of: [
      "augment", "\(settings.rounds)", "\(settings.maskProbability)",
      "\(settings.partOfSpeechProbability)", "\(settings.nGramProbability)",
      "\(settings.nGramLengths)", operations, "\(plan.seed)", try plan.train.key(),
    ])
    guard folder.key(of: "augmented") != key else {
      observe(.message("augmented: \(folder.augmented) is up to date"))
      let isEmpty = settings.rounds == 0 || Folders.size(of: folder.augmented) == 0
      let count = isEmpty ? 0 : try sentenceCount(of: CorpusReader(path: folder.augmented))
      return augmented(key: key, count: count)
    }
    try folder.begin("augmented")
    let augmenter = try Augmenter(settings: settings, corpus: train, seed: plan.seed)
    let file = try AtomicFileWriter(path: folder.augmented)
    let summary = try augmenter.write(to: file, format: .conll, threads: workers.count)
    try file.commit()
    try folder.finish("augmented", key: key)
    observe(
      .message(
        "augmented: \(summary.written) rows from \(summary.sentences) sentences, "
          + "\(summary.duplicates) duplicates and \(summary.allMasked) all-masked dropped"))
    return augmented(key: key, count: summary.written)
  }

  private func augmented(key: String, count: Int) -> TransferCorpus {
    let path = folder.augmented
    return TransferCorpus(name: path, key: key, count: count) { try CorpusReader(path: path) }
  }

  private func sentenceCount(of reader: CorpusReader) throws -> Int {
    var count = 0
    while try reader.next() != nil { count += 1 }
    return count
  }

  /// The teachers' mean logits of the original sentences and then of those beside them.
  ///
  /// - Parameters:
  ///   - teacher: The teacher's directory and its key.
  ///   - transfer: The augmented and the unlabelled sentences.
  /// - Returns: The logits, sentence by sentence in that order.
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  public func logits(
    teacher: (path: String, key: String), transfer: [TransferCorpus]
  ) throws -> LogitStore {
    let key = ContentHash.key(
      of: ["logits", teacher.key]
        + (try plan.furtherTeachers.flatMap { try TeacherLabelling.hashes(of: $0) })
        + transfer.map(\.key) + [try plan.train.key(), plan.labellingPrecision.rawValue]
        + labels.names)
    if folder.key(of: "logits") == key {
      observe(.message("logits: \(folder.logits) is up to date"))
      return try LogitStore(path: folder.logits)
    }
    try folder.begin("logits")
    let labelling = try TeacherLabelling(
      teachers: [teacher.path] + plan.furtherTeachers, labels: labels.names, workers: workers,
      precision: plan.labellingPrecision)
    var sources = [TeacherLabelling.Source(name: plan.train.name, open: plan.train.reader)]
    sources += transfer.filter { $0.count > 0 }.map { .init(name: $0.name, open: $0.open) }
    let total = train.sentences.count + transfer.reduce(0) { $0 + $1.count }
    let done = try labelling.run(
      sources, into: folder.logits, key: key, resumes: plan.checkpoints.resumes
    ) {
      observe(.labelling($0, total: total))
    }
    if done.keptSentences > 0 {
      observe(.message("logits: \(done.keptSentences) sentences were labelled before"))
    }
    try folder.finish("logits", key: key)
    return try LogitStore(path: folder.logits)
  }
}

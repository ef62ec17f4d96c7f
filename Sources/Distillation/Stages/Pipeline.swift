import Augment
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
import Teachers
import Text
import Training

/// The whole chain in a run folder: teacher, augmented corpus, logits, student; a stage that is up to date is not run again.
public struct Pipeline {
  /// What decides the run.
  public let plan: DistillationPlan
  /// Where its artefacts lie.
  public let folder: RunFolder
  /// The sentences with tags.
  let corpora: LabelledCorpora
  /// Sentences without tags beside the training corpus.
  public let unlabelled: TransferCorpus?
  /// The word vectors that stand in for the teacher's pieces; nil for pieces.
  let wordVectors: WordVectorTable?
  /// The different words of the training corpus and of the sentences without tags; augmentation brings no others.
  let wordTypes: [String]
  /// The teacher's directory as it was given or fetched.
  public let baseTeacher: String
  let workers: Workers
  /// Receives what happens.
  public let observe: PipelineObserver

  /// The original sentences.
  public var train: Corpus { corpora.train }
  /// The sentences to choose by.
  public var dev: Corpus { corpora.dev }
  /// The labels, learnt from the training sentences.
  public var labels: LabelSet { corpora.labels }

  /// Reads and checks all that the stages will read, so that what is wrong with it is told before anything is trained.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong; `FileError` for a run folder in which
  ///   nothing can be written, or on a disk without room for the run.
  public init(_ plan: DistillationPlan, workers: Workers, observe: @escaping PipelineObserver)
    throws
  {
    self.plan = plan
    self.workers = workers
    self.observe = observe
    folder = try RunFolder(path: plan.run)
    try Folders.checkIsWritable(plan.run)
    folder.removeLeftovers()
    corpora = try LabelledCorpora(
      task: plan.task, train: plan.train, dev: plan.dev, test: plan.test
    ) { observe(.message($0)) }
    try plan.checkAugmentation(of: corpora.train)
    unlabelled = try plan.unlabelled.map { try $0.checked(for: plan.task) }
    let words = try Self.wordTypes(of: corpora.train, and: unlabelled)
    wordTypes = words
    wordVectors = try plan.design.wordVectors.map {
      try WordVectorFile.read(path: $0, corpus: words)
    }
    baseTeacher = try TeacherRegister().resolve(plan.teacher) { observe(.message($0)) }
    let base = try HuggingFaceDirectory(path: baseTeacher)
    if let notice = try base.caseNotice() { observe(.message(notice)) }
    try checkIsKept(base)
    _ = try base.weights()
    let given = try isTrained(base) ? [baseTeacher] : []
    for path in given + plan.furtherTeachers {
      if let notice = try Ensemble.check(
        path: path, task: plan.task, labels: labels.names)
      {
        observe(.message(notice))
      }
    }
    try checkSpace(teacher: base)
  }

  /// Whether a directory holds a model of the run's task, which is then not fine-tuned.
  func isTrained(_ directory: HuggingFaceDirectory) throws -> Bool {
    try directory.head() == ClassifierHead(plan.task)
  }

  /// Checks that no stage of the run replaces a model that the run reads.
  private func checkIsKept(_ base: HuggingFaceDirectory) throws {
    let replaced = try (isTrained(base) ? [] : [folder.teacher]) + [folder.student]
    for model in [baseTeacher] + plan.furtherTeachers
    where replaced.contains(where: { Folders.areSame($0, model) }) {
      throw FileError(
        path: model, operation: .write,
        reason: "the run would replace it, which is a model that it reads; copy the model to "
          + "another folder, or choose another --run")
    }
  }

  private static func wordTypes(
    of train: Corpus, and unlabelled: TransferCorpus?
  ) throws -> [String] {
    var index = WordIndex()
    var words: [String] = []
    let add = { (sentence: Example) in
      for word in sentence.words where index.intern(word).isNew { words.append(word) }
    }
    train.examples.forEach(add)
    try unlabelled?.forEach(add)
    return words
  }

  /// A model directory that a stage reads, and what it contributes to the stage's key.
  public struct Teacher {
    /// The directory.
    public let path: String
    /// The content of its files.
    public let keyLines: [String]
    /// The key of the first version of stages.json.
    let formerKey: String
  }

  /// The teacher, a tagger of the corpus' labels: the given one, or the one fine-tuned in the run.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  public func teacher() throws -> Teacher {
    let given = try HuggingFaceDirectory(path: baseTeacher)
    if try isTrained(given) {
      return Teacher(
        path: baseTeacher, keyLines: try given.keyLines(),
        formerKey: FormerKey(["teacher"] + (try FormerKey.parts(given)), unkeyed: []).key)
    }
    var settings = plan.teacherTraining
    settings.seed = plan.seed
    let tuning = FineTuning(
      base: baseTeacher, settings: settings, wordShapes: plan.wordShapes, corpora: corpora,
      train: plan.train, dev: plan.dev)
    let former = try tuning.formerKey()
    let stage = Stage(
      "teacher", artefact: folder.teacher, inputs: try tuning.keyLines(), former: former)
    _ = try stage.run(in: folder, observe: observe) {
      let (model, outcome) = try tuning.run(
        into: folder.teacher, checkpoint: checkpoint(of: stage), workers: workers, observe: observe)
      try ModelCard.teacher(
        plan, corpora.task, readsWordShapes: model.readsWordShapes, outcome: outcome
      )
      .write(to: folder.teacher)
      try TrainingRecord(outcome).write(besideModel: folder.teacher)
    }
    return Teacher(
      path: folder.teacher, keyLines: try HuggingFaceDirectory(path: folder.teacher).keyLines(),
      formerKey: former.key)
  }

  /// Where a stage's training is kept while it runs, and taken up if it was cut off.
  public func checkpoint(of stage: Stage) -> CheckpointFile {
    CheckpointFile(
      path: folder.checkpoint(of: stage.name), key: stage.key, policy: plan.checkpoints)
  }

  /// The augmented sentences.
  ///
  /// - Throws: `FileError` when the system cannot write; `DataError` if the corpus lacks what an operation needs.
  public func augmented() throws -> TransferCorpus {
    let (path, settings, corpus) = (
      folder.augmented(corpora.task), plan.augmentation, try plan.train.key()
    )
    let former = FormerKey(
      FormerKey.parts(settings, seed: plan.seed) + [corpus], unkeyed: [])
    let tagger = plan.tagger(for: train).map { ["part_of_speech_tagger=\($0.key)"] }
    let stage = Stage(
      "augmented", artefact: path,
      inputs: settings.keyLines + ["seed=\(plan.seed)", "train=\(corpus)"] + (tagger ?? []),
      former: former)
    var written: Int?
    let digest = try stage.run(in: folder, observe: observe) {
      let file = try AtomicFileWriter(path: path)
      written = settings.rounds == 0 ? 0 : try augment(into: file)
      try file.commit()
    }
    let isEmpty = Folders.size(of: path) == 0
    return TransferCorpus(
      name: path, key: digest, formerKey: former.key,
      count: try written ?? (isEmpty ? 0 : exampleCount(of: CorpusReader(path: path)))
    ) { try CorpusReader(path: path) }
  }

  private func augment(into file: AtomicFileWriter) throws -> Int {
    let tagger = plan.tagger(for: train)
    if let tagger { observe(.message(tagger.notice(for: train.name))) }
    let augmenter = try Augmenter(
      settings: plan.augmentation, corpus: train, tagger: tagger, seed: plan.seed)
    let summary = try augmenter.write(to: file, threads: workers.count)
    observe(
      .message(
        "augmented: \(summary.written) rows from \(summary.sentences) \(corpora.task.exampleNoun), "
          + "\(summary.duplicates) duplicates and \(summary.allMasked) all-masked dropped"))
    return summary.written
  }

  private func exampleCount(of reader: CorpusReader) throws -> Int {
    var count = 0
    while try reader.next() != nil { count += 1 }
    return count
  }

  /// The teachers' mean logits of the original sentences and then of those beside them.
  ///
  /// - Parameters:
  ///   - teacher: The teacher.
  ///   - transfer: The augmented and the unlabelled sentences.
  /// - Returns: The logits, sentence by sentence in that order, and the hash of their files.
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  public func logits(
    teacher: Teacher, transfer: [TransferCorpus]
  ) throws -> (store: LogitStore, digest: String, formerKey: String) {
    let teachers = [teacher.path] + plan.furtherTeachers
    let former = try formerLogits(teacher, transfer)
    let stage = Stage(
      "logits", artefact: folder.logits,
      inputs: try TeacherLabelling.keyLines(
        teachers: teachers, labels: labels.names, precision: plan.labellingPrecision)
        + ["train=\(try plan.train.key())"]
        + transfer.enumerated().map { "transfer.\($0)=\($1.key)" }, former: former)
    let digest = try stage.run(in: folder, observe: observe) {
      let labelling = try TeacherLabelling(
        teachers: teachers, task: plan.task, labels: labels.names, workers: workers,
        precision: plan.labellingPrecision)
      var sources = [TeacherLabelling.Source(name: plan.train.name) { try plan.train.reader() }]
      sources += transfer.filter { $0.count > 0 }.map { .init(name: $0.name, open: $0.open) }
      let total = train.examples.count + transfer.reduce(0) { $0 + $1.count }
      let done = try labelling.run(
        sources, into: folder.logits, key: stage.key, resumes: plan.checkpoints.resumes
      ) {
        observe(.labelling($0, total: total, corpora.task))
      }
      if done.keptExamples > 0 {
        observe(.message("logits: \(done.keptExamples) sentences were labelled before"))
      }
    }
    return (try LogitStore(path: folder.logits), digest, former.key)
  }

  private func formerLogits(_ teacher: Teacher, _ transfer: [TransferCorpus]) throws -> FormerKey {
    let directories = try ([teacher.path] + plan.furtherTeachers)
      .filter { !StudentModel.isStudent($0) }.map { try HuggingFaceDirectory(path: $0) }
    // What a further teacher's tokenizer and a student's words were described by is not written out again.
    let further = plan.furtherTeachers.isEmpty ? [] : ["further teachers"]
    return FormerKey(
      ["logits", teacher.formerKey] + further + transfer.map(\.formerKey)
        + [try plan.train.key(), plan.labellingPrecision.rawValue] + labels.names,
      unkeyed: directories.flatMap(\.settingsPaths))
  }
}

import Corpora
import Files
import Labels
import ModelFiles
import Networks
import Runtime
import Training

/// A pre-trained BERT that becomes a tagger: what decides the result, and how it is made.
public struct FineTuning {
  /// The directory of the pre-trained BERT.
  public let base: String
  /// How it is trained.
  public let settings: TrainingSettings
  /// Whether an uncased BERT reads the shapes of words.
  public let wordShapes: Bool
  private let corpora: LabelledCorpora
  private let sources: [(role: String, source: CorpusSource)]

  /// Plans a fine-tuning.
  ///
  /// - Parameters:
  ///   - base: The directory of the pre-trained BERT.
  ///   - settings: How it is trained; epochs 0 lets the corpus' size decide.
  ///   - wordShapes: Whether an uncased BERT reads the shapes of words.
  ///   - corpora: The sentences.
  ///   - train: Where the training sentences come from.
  ///   - dev: Where the development sentences come from.
  public init(
    base: String, settings: TrainingSettings, wordShapes: Bool, corpora: LabelledCorpora,
    train: CorpusSource, dev: CorpusSource
  ) {
    var settings = settings
    if settings.epochs == 0 {
      settings.epochs = EpochRule.fineTuning(
        sentences: corpora.train.examples.count, batchSize: settings.batchSize)
    }
    self.base = base
    self.settings = settings
    self.wordShapes = wordShapes
    self.corpora = corpora
    sources = [("train", train), ("dev", dev)]
  }

  /// All that decides the tagger, as lines `name=value`.
  ///
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong.
  public func keyLines() throws -> [String] {
    try HuggingFaceDirectory(path: base).keyLines().map { "base.\($0)" }
      + settings.keyLines.map { "training.\($0)" } + ["word_shapes=\(wordShapes)"]
      + sources.map { "\($0.role)=\(try $0.source.key())" }
  }

  /// How the first version of stages.json knew the tagger of a run.
  func formerKey() throws -> FormerKey {
    let directory = try HuggingFaceDirectory(path: base)
    return FormerKey(
      ["finetune", FormerKey.part(settings), "word shapes \(wordShapes)"]
        + (try FormerKey.parts(directory)) + (try sources.map { try $0.source.key() }),
      unkeyed: directory.settingsPaths)
  }

  /// Trains the tagger and writes its directory.
  ///
  /// - Parameters:
  ///   - output: The directory.
  ///   - checkpoint: Where the training is kept, and taken up if it was cut off.
  ///   - workers: The threads.
  ///   - observe: Told what happens.
  /// - Returns: The tagger and the training's figures.
  /// - Throws: `FileError` or `DataError` for a file that is missing or wrong, or a training that diverges; `Interrupted`
  ///   after a signal; `FileError` when the system cannot write.
  public func run(
    into output: String, checkpoint: CheckpointFile, workers: Workers, observe: PipelineObserver
  ) throws -> (model: BERTModel, outcome: TrainingOutcome) {
    let model = try BERTModel(
      path: base, task: corpora.task.kind, labels: corpora.labels.names, wordShapes: wordShapes,
      seed: settings.seed)
    let outcome = try ModelTraining(settings: settings, objective: .goldLabels, workers: workers)
      .train(
        model,
        on: ModelTraining.TrainingData(
          task: corpora.task, train: corpora.train, dev: corpora.dev, labels: corpora.labels),
        name: "teacher",
        checkpoint: checkpoint, observe: observe)
    try model.save(to: output)
    return (model, outcome)
  }
}

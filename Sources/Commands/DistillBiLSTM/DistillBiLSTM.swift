import ArgumentParser
import Runtime

/// The command `distill-bilstm`.
public struct DistillBiLSTM: RunnableCommand {
  /// Name, texts and subcommands.
  public static let configuration = CommandConfiguration(
    commandName: "distill-bilstm",
    abstract: "Make a small, fast BiLSTM from a BERT that is too slow to ship.",
    discussion: """
      `train` runs all stages: fine-tune the teacher unless it is already trained for the task, augment the corpus, label it \
      with the teacher, train the student on the teacher's logits, and evaluate it. The other commands run single stages and \
      use their results. A student finds names in text (`tag`), or labels texts or pairs of texts (`classify`).

      Examples:
        distill-bilstm train
            Train with the bundled corpus and the default teacher; the student is runs/default/student.
        echo "Ada Nwosu moved to Porto ." | distill-bilstm tag --model runs/default/student
            Tag a sentence with this student.
        distill-bilstm train --corpus verdict --operations mask,ngram --run runs/verdict
            Train a student that tells positive from negative reviews.
      """,
    version: PackageVersion.current,
    subcommands: [
      TrainCommand.self, FineTuneCommand.self, LabelCommand.self, EvaluateCommand.self,
      TagCommand.self, ClassifyCommand.self, CompactCommand.self, VectorsCommand.self,
      EncodeCommand.self,
      InfoCommand.self, TimeTokenizerCommand.self,
    ])

  /// Parsed by `main`.
  public init() {}
}

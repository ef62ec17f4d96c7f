import ArgumentParser
import Runtime

/// The command `distill-bilstm`.
public struct DistillBiLSTM: RunnableCommand {
  /// Name, texts and subcommands.
  public static let configuration = CommandConfiguration(
    commandName: "distill-bilstm",
    abstract: "Make a small, fast BiLSTM name tagger from a BERT that is too slow to ship.",
    discussion: """
      `train` runs the whole chain: fine-tune the teacher where it is no tagger yet, augment the corpus, label it with \
      the teacher, train the student on the teacher's logits, evaluate it. The other commands are its stages, one by one.

      Examples:
        distill-bilstm train
            The bundled corpus and the default teacher; the student lies in runs/default/student.
        echo "Ada Nwosu moved to Porto ." | distill-bilstm tag --model runs/default/student
            Tag a sentence with it.
      """,
    version: PackageVersion.current,
    subcommands: [
      TrainCommand.self, FineTuneCommand.self, LabelCommand.self, EvaluateCommand.self,
      TagCommand.self, CompactCommand.self, VectorsCommand.self, EncodeCommand.self,
      InfoCommand.self, TimeTokenizerCommand.self,
    ])

  /// Parsed by `main`.
  public init() {}
}

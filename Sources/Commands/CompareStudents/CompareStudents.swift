import ArgumentParser
import Runtime

/// The command `compare-students`.
public struct CompareStudents: RunnableCommand {
  /// Name, texts and subcommands.
  public static let configuration = CommandConfiguration(
    commandName: "compare-students",
    abstract: "Compare the ways to shrink a BERT tagger: F1, size, speed, memory.",
    discussion: """
      `run` trains truncated BERTs and BiLSTMs, directly and on the teacher's logits, and measures each beside the \
      teacher; `ablate` tries variants of the distilled BiLSTM's recipe; `report` shows the result.

      Examples:
        compare-students run
            The bundled corpus; goes on in runs/default where distill-bilstm train left off.
        compare-students report
            The table of the latest run, and its report.html.
      """,
    version: PackageVersion.current,
    subcommands: [RunCommand.self, AblateCommand.self, ReportCommand.self, MeasureCommand.self])

  /// Parsed by `main`.
  public init() {}
}

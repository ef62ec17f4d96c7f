import ArgumentParser
import Runtime

/// The command `compare-students`.
public struct CompareStudents: RunnableCommand {
  /// Name, texts and subcommands.
  public static let configuration = CommandConfiguration(
    commandName: "compare-students",
    abstract: "Compare the ways to shrink a BERT: score, size, speed, memory.",
    discussion: """
      `run` trains truncated BERTs and BiLSTMs, both directly and on the teacher's logits, and compares each with the \
      teacher; `ablate` compares variants of the distilled BiLSTM's recipe; `report` shows the results.

      Examples:
        compare-students run
            Compare students on Gazette, the bundled corpus of names, reusing what distill-bilstm train left in runs/default.
        compare-students report
            Show the table of the latest run and write its report.html.
      """,
    version: PackageVersion.current,
    subcommands: [RunCommand.self, AblateCommand.self, ReportCommand.self, MeasureCommand.self])

  /// Parsed by `main`.
  public init() {}
}

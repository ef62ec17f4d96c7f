import ArgumentParser
import Distillation
import Files
import JSON
import TerminalUI

/// `distill-bilstm info`: what a model directory holds.
struct InfoCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Describe a model directory: kind, labels, parameters and size.",
    discussion: """
      Examples:
        distill-bilstm info runs/default/student
            Describe the student of a run.
        distill-bilstm info runs/default/teacher
            Describe its teacher.
      """)

  @Argument(help: ArgumentHelp("The model's directory.", valueName: "dir"))
  var model: String

  @OptionGroup(title: "General options") var common: CommonOptions

  func validate() throws {
    try common.check(inputs: [model])
  }

  mutating func run() throws {
    var summary = RunSummary(command: "distill-bilstm info")
    let outline = try ModelDirectories.open(model).outline()
    let bytes = outline.weightsPaths.reduce(0) { $0 + (Folders.size(of: $1) ?? 0) }
    print("model       \(printable(model))")
    print("kind        \(outline.kind)")
    print("labels      \(printable(outline.labels.joined(separator: " ")))")
    print("parameters  \(formatCount(outline.parameterCount))")
    print("            \(formatCount(outline.parameterCountWithoutEmbeddings)) without embeddings")
    print("file        \(formatBytes(bytes))")
    summary["parameters"] = .integer(outline.parameterCount)
    summary["parameters_without_embeddings"] = .integer(outline.parameterCountWithoutEmbeddings)
    summary["file_bytes"] = .integer(bytes)
    try summary.write(common)
  }
}

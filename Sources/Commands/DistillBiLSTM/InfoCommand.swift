import ArgumentParser
import Distillation
import Files
import JSON
import ModelFiles
import StudentFormat
import TerminalUI

/// `distill-bilstm info`: what a model directory holds.
struct InfoCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info",
    abstract: "Tell what a model directory holds: kind, labels, parameters, sizes.",
    discussion: """
      Examples:
        distill-bilstm info runs/default/student
            The student of a run.
        distill-bilstm info runs/default/teacher
            Its teacher.
      """)

  @Argument(help: ArgumentHelp("The model's directory.", valueName: "dir"))
  var model: String

  @OptionGroup(title: "General options") var common: CommonOptions

  func validate() throws {
    try common.check(inputs: [model])
  }

  mutating func run() throws {
    var summary = RunSummary(command: "distill-bilstm info")
    let loaded = try LoadedModel(path: model)
    let weights =
      switch loaded {
      case .bert: try HuggingFaceDirectory(path: model).weightsPaths
      case .student: [StudentFolder(path: model).weightsPath]
      }
    let bytes = weights.reduce(0) { $0 + (Folders.size(of: $1) ?? 0) }
    print("model       \(printable(model))")
    print("kind        \(loaded.kind)")
    print("labels      \(printable(loaded.labels.joined(separator: " ")))")
    print("parameters  \(formatCount(loaded.parameterCount))")
    print("            \(formatCount(loaded.parameterCountWithoutEmbeddings)) without embeddings")
    print("file        \(formatBytes(bytes))")
    summary["parameters"] = .integer(loaded.parameterCount)
    summary["parameters_without_embeddings"] = .integer(loaded.parameterCountWithoutEmbeddings)
    summary["file_bytes"] = .integer(bytes)
    try summary.write(common)
  }
}

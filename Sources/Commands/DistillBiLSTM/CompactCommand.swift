import ArgumentParser
import Files
import JSON
import Networks
import StudentFormat
import TerminalUI

/// `distill-bilstm compact`: a student in a quarter of the space.
struct CompactCommand: RunnableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compact",
    abstract: "Write a student with int8 weights, in about a quarter of the space.",
    discussion: """
      Each row of a large weight matrix or table is stored as int8 with its own scale. Every command reads the result like \
      any other student; `evaluate` shows how its score has changed. The original weights cannot be restored from it.

      Examples:
        distill-bilstm compact runs/default/student -o small
            Write a compact copy of a student.
        distill-bilstm evaluate --model small
            Score it on the bundled test sentences.
      """)

  @Argument(help: ArgumentHelp("The student's directory.", valueName: "dir"))
  var model: String

  @Option(
    name: [.short, .customLong("output")],
    help: ArgumentHelp("The directory to write.", valueName: "dir"))
  var output: String

  @OptionGroup(title: "General options") var common: CommonOptions

  func validate() throws {
    try common.check([("--output", output)], inputs: [model])
  }

  mutating func run() throws {
    var summary = RunSummary(command: "distill-bilstm compact")
    let folders = [model, output].map { StudentFolder(path: $0) }
    try StudentModel(path: model).save(to: output, storage: .int8)
    var table = TextTable(columns: [.left("student"), .right("weights"), .right("all files")])
    for folder in folders {
      table.add(row: [
        folder.path, formatBytes(Self.bytes([folder.weightsPath])),
        formatBytes(Self.bytes(folder.paths)),
      ])
    }
    print(table.rendered(), terminator: "")
    try summary.addInput(folders[0].weightsPath)
    summary["file_bytes"] = .integer(Self.bytes([folders[1].weightsPath]))
    summary["directory_bytes"] = .integer(Self.bytes(folders[1].paths))
    try summary.write(common)
  }

  private static func bytes(_ paths: [String]) -> Int {
    paths.reduce(0) { $0 + (Folders.size(of: $1) ?? 0) }
  }
}

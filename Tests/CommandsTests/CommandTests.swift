import ArgumentParser
import Commands
import Runtime
import Testing

/// What holds for every command.
@Suite struct CommandTests {
  private static let roots: [any ParsableCommand.Type] = [
    AugmentCommand.self, DistillBiLSTM.self, CompareStudents.self,
  ]

  /// The words that call each command, a root or a subcommand of one.
  private static let calls: [(root: any ParsableCommand.Type, words: [String])] =
    roots.flatMap { root in
      [(root, [])]
        + root.configuration.subcommands.map { command in
          (root, [command.configuration.commandName ?? ""])
        }
    }

  @Test func everyCommandTellsItsVersion() {
    for (root, words) in Self.calls {
      let error = #expect(throws: (any Error).self) { try root.parseAsRoot(words + ["--version"]) }
      #expect(error.map { root.message(for: $0) } == PackageVersion.current, "\(root) \(words)")
    }
  }

  @Test func everyCommandHasAnAbstractAndExamples() {
    for root in Self.roots {
      for command in [root] + root.configuration.subcommands
      where command.configuration.shouldDisplay {
        let configuration = command.configuration
        #expect(configuration.abstract.hasSuffix("."), "\(command)")
        #expect(configuration.discussion.contains("Examples:"), "\(command)")
      }
    }
  }
}

import Files
@preconcurrency import Glibc

/// A program run to its end as a child process.
public enum Program {
  /// How a program ended.
  public struct Outcome: Sendable {
    /// The exit code, or 128 plus the signal that ended it.
    public let status: Int32
    /// The last lines, or the errors, that it wrote on standard output and standard error.
    public let lastLines: String
  }

  /// Runs a program with nothing on standard input; what it writes is kept in files without a name.
  ///
  /// A program without a slash is sought in the folders of PATH, but not in those that depend on the working directory,
  /// where a file of that name may come from anybody.
  ///
  /// - Parameters:
  ///   - arguments: The program and its arguments.
  ///   - folder: The program's working directory; nil for that of this process.
  ///   - output: Receives standard output; nil where it belongs to the log.
  /// - Returns: How it ended; nil if there is no such program.
  /// - Throws: `FileError` if it cannot be started or its output cannot be kept.
  public static func run(
    _ arguments: [String], in folder: String? = nil, output: TemporaryFile? = nil
  ) throws -> Outcome? {
    guard let program = path(of: arguments[0]) else { return nil }
    let log = try TemporaryFile()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, (output ?? log).descriptor, STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, log.descriptor, STDERR_FILENO)

    // The system's call for a working directory is not one that Swift sees; a shell has it too.
    let command =
      (folder.map { ["/bin/sh", "-c", "cd -- \"$0\" && exec \"$@\"", $0] } ?? [])
      + [program] + arguments.dropFirst()
    var strings = command.map { strdup($0) } + [nil]
    var variables = environment.map { strdup($0) } + [nil]
    defer { (strings + variables).forEach { free($0) } }
    var child: pid_t = 0
    let code = posix_spawn(&child, command[0], &actions, nil, &strings, &variables)
    guard code == 0 else { throw FileError(path: program, operation: .open, code: code) }
    let status = try wait(for: child, running: program)
    return Outcome(status: status, lastLines: try lastLines(of: log.path))
  }

  /// The variables of this process without those that tell Python where to find modules or what to run.
  private static var environment: [String] {
    var variables: [String] = []
    var next = environ
    while let variable = next.pointee {
      let text = String(cString: variable)
      if !text.hasPrefix("PYTHON") { variables.append(text) }
      next += 1
    }
    return variables
  }

  /// Where a program lies; nil where it is not there, or no absolute folder of PATH has it.
  private static func path(of program: String) -> String? {
    if program.contains("/") { return access(program, X_OK) == 0 ? program : nil }
    let folders = (Folders.environment("PATH") ?? "/usr/local/bin:/usr/bin:/bin").split(
      separator: ":")
    return folders.lazy.filter { $0.hasPrefix("/") }.map { "\($0)/\(program)" }
      .first { !Folders.isDirectory($0) && access($0, X_OK) == 0 }
  }

  private static func wait(for child: pid_t, running program: String) throws -> Int32 {
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 {
      guard errno == EINTR else { throw FileError(path: program, operation: .read) }
    }
    let signal = status & 0x7F
    return signal == 0 ? status >> 8 & 0xFF : 128 + signal
  }

  /// What the end of a log says, joined to one line: from the first error on, else the last three lines.
  ///
  /// Bytes that are not UTF-8 are replaced.
  private static func lastLines(of log: String) throws -> String {
    let file = try MappedFile(path: log)
    return withExtendedLifetime(file) {
      let text = String(decoding: file.bytes.suffix(4000), as: UTF8.self)
      let lines = text.split(whereSeparator: \.isNewline)
        .map { $0.drop(while: \.isWhitespace) }.filter { !$0.isEmpty }
      let errors = lines.drop { !$0.hasPrefix("ERROR") }.prefix(4)
      return (errors.isEmpty ? lines.suffix(3) : errors).joined(separator: " / ")
    }
  }
}

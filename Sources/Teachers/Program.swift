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

  /// Runs a program with nothing on standard input and its output kept in a file.
  ///
  /// - Parameters:
  ///   - arguments: The program, found on PATH unless it holds a slash, and its arguments.
  ///   - log: The file that receives its output.
  /// - Returns: How it ended; nil if there is no such program.
  /// - Throws: `FileError` if it cannot be started or the log cannot be written.
  public static func run(_ arguments: [String], log: String) throws -> Outcome? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    let flags = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log, flags, 0o644)
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)

    var strings = arguments.map { strdup($0) } + [nil]
    defer { strings.forEach { free($0) } }
    var child: pid_t = 0
    let code = posix_spawnp(&child, arguments[0], &actions, nil, &strings, environ)
    if code == ENOENT { return nil }
    guard code == 0 else { throw FileError(path: arguments[0], operation: .open, code: code) }
    let status = try wait(for: child, running: arguments[0])
    return Outcome(status: status, lastLines: try lastLines(of: log))
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

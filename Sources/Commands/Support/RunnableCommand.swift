import ArgumentParser
import Files
import Glibc
import Runtime
import TerminalUI

/// A command whose failures end with the exit code that says what kind they are.
///
/// 0 done; 64 wrong usage; 65 bad data; 66 no such input; 70 a fault of the program's own; 71 no memory; 74 cannot
/// write; 129, 130 and 143 ended by SIGHUP, SIGINT and SIGTERM.
public protocol RunnableCommand: ParsableCommand {}

extension RunnableCommand {
  /// Parses the command line, runs the command and ends the process on failure.
  public static func main() {
    // Commands that keep nothing leave nothing half-written either.
    Interruption.listen(advice: "")
    MappedFileFault.listen()
    do {
      try runToEnd()
    } catch let error as DataError {
      end(error.description, code: EX_DATAERR)
    } catch let error as FileError {
      end(error.description, code: error.operation == .write ? EX_IOERR : EX_NOINPUT)
    } catch let error as Interrupted {
      ProgressLine().note("\(printable("\(error)"))\n\(Interruption.advice)")
      Glibc.exit(128 + error.signal)
    } catch {
      let code = exitCode(for: error)
      // Help and version are results; anything else repeats words of the command line.
      guard !code.isSuccess else { exit(withError: error) }
      ProgressLine().note(fullMessage(for: error))
      Glibc.exit(code.rawValue)
    }
  }

  /// Parses the command line and runs the command; one that fails leaves no folder that it has made and not filled.
  private static func runToEnd() throws {
    do {
      var command = try parseAsRoot()
      try command.run()
      try flushOutput()
    } catch {
      UnfinishedFiles.removeAll()
      throw error
    }
  }

  /// From now on SIGINT, SIGTERM and SIGHUP end the command with a line that says how to go on, a training only when it has
  /// been kept.
  public func listenForInterruption() {
    let again = CommandLine.arguments.filter { $0 != "--no-resume" }
    Interruption.listen(
      advice: "To go on, run the same command again: \(ShellQuoting.quoted(again))")
  }

  /// Writes out what `print` has buffered, so that a full disk behind standard output does not go unnoticed.
  private static func flushOutput() throws {
    guard fflush(nil) == 0 else {
      throw FileError(path: "standard output", operation: .write)
    }
  }

  private static func end(_ message: String, code: Int32) -> Never {
    ProgressLine().note("error: \(printable(message))")
    Glibc.exit(code)
  }
}

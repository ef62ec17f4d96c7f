import ArgumentParser
import Files
import Glibc
import TerminalUI

/// A command whose failures end with the exit code that says what kind they are.
///
/// 0 done; 64 wrong usage; 65 bad data; 66 no such input; 70 a fault of the program's own; 74 cannot write.
public protocol RunnableCommand: ParsableCommand {}

extension RunnableCommand {
  /// Parses the command line, runs the command and ends the process on failure.
  public static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let error as DataError {
      end(error.description, code: EX_DATAERR)
    } catch let error as FileError {
      end(error.description, code: error.operation == .write ? EX_IOERR : EX_NOINPUT)
    } catch {
      exit(withError: error)
    }
  }

  private static func end(_ message: String, code: Int32) -> Never {
    ProgressLine().note("error: \(message)")
    Glibc.exit(code)
  }
}

import Files
import Glibc

/// What becomes of a command when a file that it has mapped is cut short while it reads it: SIGBUS, as a message.
enum MappedFileFault {
  private static let message: StaticString = """
    error: a file that was being read has become shorter; run the command again when nobody changes its files

    """

  /// From now on SIGBUS ends the process with a message and the exit code of an input that cannot be read.
  static func listen() {
    UnfinishedFiles.prepare()
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in MappedFileFault.end() }
    sigaction(SIGBUS, &action, nil)
  }

  /// Ends the process with nothing but what a signal handler may call.
  private static func end() -> Never {
    _ = write(STDERR_FILENO, message.utf8Start, message.utf8CodeUnitCount)
    UnfinishedFiles.removeAll()
    _exit(EX_NOINPUT)
  }
}

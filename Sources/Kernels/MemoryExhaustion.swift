import Glibc

/// What happens where the system has no more memory for numbers.
enum MemoryExhaustion {
  /// Ends the process with a message; without its memory a computation cannot go on, nor can its caller.
  ///
  /// The exit code is EX_OSERR, 71. Exit handlers are passed over, as they may need memory, too.
  static func end(needing bytes: Int) -> Never {
    let megabytes = (bytes + (1 << 20) - 1) >> 20
    let message =
      "error: no memory: \(megabytes) MB more are needed and the system or a limit (ulimit -v) refuses "
      + "them; raise the limit, or use fewer --threads\n"
    _ = message.utf8.withContiguousStorageIfAvailable {
      write(STDERR_FILENO, $0.baseAddress, $0.count)
    }
    _exit(EX_OSERR)
  }
}

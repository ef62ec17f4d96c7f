import Files
import Glibc
import Synchronization

/// The progress of a long piece of work on standard error.
///
/// On a terminal it is one line that is rewritten in place; in a pipe or a log file it is plain lines, at most one every few
/// seconds; with `--quiet` it is nothing. It may be called from any thread.
public final class ProgressLine: Sendable {
  /// How progress is shown.
  public enum Mode: Sendable, Equatable {
    /// One line, rewritten at most ten times a second, cut to `columns`.
    case rewriting(columns: Int)
    /// A line at most every so many seconds.
    case plain(every: Double)
    /// Nothing at all.
    case silent
  }

  private struct State {
    var started: Double
    var lastShown: Double?
    var isLineOpen = false
  }

  private static let longestLine = 4000

  private let mode: Mode
  private let clock: @Sendable () -> Double
  private let output: @Sendable (String) -> Void
  private let state: Mutex<State>

  /// Progress on standard error, in the way that suits it.
  ///
  /// - Parameters:
  ///   - isQuiet: whether nothing is to be shown.
  ///   - interval: the least time in seconds between two lines where standard error is no terminal.
  public convenience init(isQuiet: Bool = false, interval: Double = 10) {
    let mode: Mode =
      if isQuiet {
        .silent
      } else if isatty(STDERR_FILENO) == 1, getenv("TERM").map({ strcmp($0, "dumb") }) != 0 {
        .rewriting(columns: terminalColumns(of: STDERR_FILENO) ?? 80)
      } else {
        .plain(every: interval)
      }
    self.init(mode: mode, clock: monotonicSeconds, output: writeToStandardError)
  }

  /// Progress with a clock (in seconds) and an output of the caller's, for tests.
  public init(
    mode: Mode, clock: @escaping @Sendable () -> Double,
    output: @escaping @Sendable (String) -> Void
  ) {
    self.mode = mode
    self.clock = clock
    self.output = output
    state = Mutex(State(started: clock()))
  }

  /// Starts the clock of the time left anew, for the next stage of the work.
  public func restart() {
    state.withLock { $0 = State(started: clock(), isLineOpen: $0.isLineOpen) }
  }

  /// Shows a state of the work, unless the last one was shown a moment ago.
  public func update(_ progress: Progress) {
    show(progress, isLast: false)
  }

  /// Shows a state in any case and leaves it standing: the end of an epoch, of a stage.
  public func finish(_ progress: Progress) {
    show(progress, isLast: true)
  }

  /// Writes a message on a line of its own, or on several, above the progress; a line of thousands of characters is cut.
  public func note(_ message: String) {
    guard mode != .silent else { return }
    let lines = printable(message, keepsLines: true).split(
      separator: "\n", omittingEmptySubsequences: false)
    let message = lines.map { clipped(String($0), to: Self.longestLine) }.joined(separator: "\n")
    state.withLock { state in
      output((state.isLineOpen ? "\r\u{1B}[K" : "") + message + "\n")
      state.isLineOpen = false
      if case .rewriting = mode { state.lastShown = nil }
    }
  }

  private func show(_ progress: Progress, isLast: Bool) {
    let pause: Double
    let columns: Int?
    switch mode {
    case .silent: return
    case .plain(let seconds): (pause, columns) = (seconds, nil)
    case .rewriting(let width): (pause, columns) = (0.1, width)
    }
    state.withLock { state in
      let now = clock()
      if !isLast, let last = state.lastShown, now - last < pause { return }
      state.lastShown = now
      let line = printable(progress.line(secondsElapsed: now - state.started))
      guard let columns else {
        output(line + "\n")
        return
      }
      // One column stays free: some terminals wrap as soon as the last one is filled.
      output("\r" + truncated(line, to: columns - 1) + "\u{1B}[K" + (isLast ? "\n" : ""))
      state.isLineOpen = !isLast
    }
  }
}

/// The seconds of a clock that is never set back.
private func monotonicSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

private func writeToStandardError(_ text: String) {
  var text = text
  text.withUTF8 { bytes in
    var rest = UnsafeRawBufferPointer(bytes)
    while !rest.isEmpty {
      let count = write(STDERR_FILENO, rest.baseAddress, rest.count)
      // Progress that cannot be written is no reason to stop the work.
      guard count > 0 || errno == EINTR else { return }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(max(count, 0)))
    }
  }
}

/// The width of the terminal behind a descriptor; nil if it does not say.
private func terminalColumns(of descriptor: Int32) -> Int? {
  var size = winsize()
  guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
  return Int(size.ws_col)
}

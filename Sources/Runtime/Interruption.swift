import Files
import Glibc
import Synchronization

/// What a long piece of work throws when it has kept its state after SIGINT, SIGTERM or SIGHUP.
public struct Interrupted: Error, CustomStringConvertible, Sendable {
  /// The signal; the process is to end with 128 and its number.
  public let signal: Int32
  /// What was kept, and where.
  public let description: String

  /// Describes what an interrupted piece of work has kept.
  public init(signal: Int32, kept: String) {
    self.signal = signal
    description = "interrupted; \(kept)"
  }
}

/// SIGINT (Ctrl-C), SIGTERM and SIGHUP (the terminal is closed) as a wish that work looks for between its steps.
///
/// While work is `held`, the first signal only leaves its number in `requested`. A second one, or one that comes while
/// nothing is held, ends the process at once with 128 and the signal's number, says how to go on and removes unfinished files.
public enum Interruption {
  private static let holders = Atomic<Int>(0)
  private static let pending = Atomic<Int32>(0)
  /// The words on how to go on, kept for good, since a signal may come at any moment.
  nonisolated(unsafe) private static var line = UnsafeBufferPointer<UInt8>(start: nil, count: 0)

  /// The line that says how to go on; empty before `listen`.
  public static var advice: String { String(decoding: line.dropLast(), as: UTF8.self) }

  /// The signal that has asked for an end; nil as long as none has.
  public static var requested: Int32? {
    let signal = pending.load(ordering: .relaxed)
    return signal == 0 ? nil : signal
  }

  /// Listens to these signals from now on, but for one that the process was started to ignore.
  ///
  /// - Parameter advice: A line that says how to go on.
  public static func listen(advice: String) {
    let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: advice.utf8.count + 1)
    _ = bytes.initialize(from: "\(advice)\n".utf8)
    line = UnsafeBufferPointer(bytes)
    UnfinishedFiles.prepare()
    // Swift makes the atomics at their first use, which must not be in a handler.
    _ = (holders.load(ordering: .relaxed), pending.load(ordering: .relaxed))
    for signal in [SIGINT, SIGTERM, SIGHUP] {
      var action = sigaction()
      sigaction(signal, nil, &action)
      let ignoring = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
      guard !ignoring else { continue }
      action = sigaction()
      action.__sigaction_handler.sa_handler = { Interruption.receive($0) }
      action.sa_flags = Int32(SA_RESTART)
      sigaction(signal, &action, nil)
    }
  }

  /// Does work that looks for `requested` itself and throws `Interrupted` when it has kept its state.
  ///
  /// - Throws: What the work throws.
  public static func held<Result>(_ work: () throws -> Result) rethrows -> Result {
    holders.wrappingAdd(1, ordering: .relaxed)
    defer {
      holders.wrappingSubtract(1, ordering: .relaxed)
      pending.store(0, ordering: .relaxed)
    }
    let result = try work()
    // A signal that came after the work had looked for the last time.
    if let signal = requested { end(signal) }
    return result
  }

  private static func receive(_ signal: Int32) {
    let isFirst = pending.exchange(signal, ordering: .relaxed) == 0
    if !isFirst || holders.load(ordering: .relaxed) == 0 { end(signal) }
  }

  /// Ends the process with nothing but what a signal handler may call.
  private static func end(_ signal: Int32) -> Never {
    UnfinishedFiles.removeAll()
    if line.count > 1 { _ = write(STDERR_FILENO, line.baseAddress, line.count) }
    _exit(128 + signal)
  }
}

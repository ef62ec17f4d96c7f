import Dispatch
import Glibc
import Synchronization

/// The one level of threads: runs numbered pieces of work on a fixed number of threads.
///
/// Which thread takes which piece is left open, so a piece must write only to what its own number owns.
public struct Workers: Sendable {
  /// The number of threads, at least 1.
  public let count: Int

  /// Uses `count` threads, or as many as the process may run on.
  public init(_ count: Int? = nil) {
    self.count = max(1, count ?? Workers.available)
  }

  /// The number of processors online.
  public static var available: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Calls `body` once for each number in 0 ..< `pieces`, and returns when all are done.
  public func run(_ pieces: Int, _ body: @Sendable (Int) -> Void) {
    guard count > 1, pieces > 1 else {
      for piece in 0..<pieces { body(piece) }
      return
    }
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: min(count, pieces)) { _ in
      while true {
        let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if piece >= pieces { return }
        body(piece)
      }
    }
  }

  /// Calls `body` once for each number in 0 ..< `pieces` and gives the results in the order of the numbers.
  public func map<Result>(_ pieces: Int, _ body: @Sendable (Int) -> Result) -> [Result] {
    [Result](unsafeUninitializedCapacity: pieces) { buffer, count in
      nonisolated(unsafe) let places = buffer
      run(pieces) { places.initializeElement(at: $0, to: body($0)) }
      count = pieces
    }
  }

  /// Cuts 0 ..< `count` into ranges of about `grain` and calls `body` for each, in parallel.
  public func runRanges(_ count: Int, grain: Int, _ body: @Sendable (Range<Int>) -> Void) {
    let pieces = (count + grain - 1) / max(grain, 1)
    run(pieces) { body($0 * grain..<min(count, ($0 + 1) * grain)) }
  }
}

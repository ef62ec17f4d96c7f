import ArgumentParser
import BLAS
import Runtime
import TerminalUI

/// The options that every command has.
public struct CommonOptions: ParsableArguments {
  /// The seed of all randomness.
  @Option(help: "Random seed. The same seed gives byte-identical results.")
  public var seed: UInt64 = 1

  /// The number of threads; nil for all processors.
  @Option(help: "Number of threads, 1 to 1024; it does not change the result. (default: all cores)")
  public var threads: Int?

  /// Whether progress and log are left out.
  @Flag(name: .shortAndLong, help: "Hide progress and log messages; errors are still shown.")
  public var quiet = false

  /// Where a JSON summary is written.
  @Option(
    help: ArgumentHelp(
      "Write a JSON object with counts, time, peak memory and the inputs.",
      valueName: "file"))
  public var summary: String?

  /// The defaults.
  public init() {}

  /// Checks the ranges.
  public func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads \(threads) is not in 1...1024.")
    }
  }

  /// The threads to work with; warns once if OpenBLAS is held to a slow core.
  public func workers() -> Workers {
    if let warning = BLAS.coreTypeWarning { log("warning: \(warning)") }
    return Workers(threads)
  }

  /// Writes a line on standard error, unless `--quiet` is given.
  public func log(_ message: String) {
    progressLine().note(message)
  }

  /// The progress line on standard error; silent with `--quiet`.
  public func progressLine() -> ProgressLine { ProgressLine(isQuiet: quiet) }
}

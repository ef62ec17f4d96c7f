import ArgumentParser
import Kernels

extension Precision: ExpressibleByArgument {}

/// In which numbers a teacher labels.
public struct PrecisionOptions: ParsableArguments {
  /// The numbers that are asked for.
  @Option(
    help: ArgumentHelp(
      "Arithmetic of the teacher when it labels: fp32; bf16, faster on a CPU with AVX512-BF16; or int8, the fastest "
        + "with AVX512-VNNI or AVX2 and meant for large corpora, where a few words in ten thousand get another tag. "
        + "A CPU without the extension uses fp32.",
      valueName: "numbers"))
  public var precision = Precision.fp32

  /// The defaults.
  public init() {}

  /// The numbers that are asked for, or fp32 where this CPU has no instructions for them, which is then logged.
  public func usable(log: (String) -> Void) -> Precision {
    guard !precision.isFastHere, let name = precision.extensionName else { return precision }
    log("this CPU has no \(name), without which \(precision) is not faster; labelling in fp32")
    return .fp32
  }
}

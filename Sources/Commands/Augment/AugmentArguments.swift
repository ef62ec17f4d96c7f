import ArgumentParser
import Augment

extension AugmentationFormat: ExpressibleByArgument {}

/// The lengths of an n-gram as they are written on the command line: `1...5`, or `3` for that length alone.
struct LengthRange: ExpressibleByArgument {
  let lengths: ClosedRange<Int>

  init(_ lengths: ClosedRange<Int>) { self.lengths = lengths }

  init?(argument: String) {
    let parts = argument.split(separator: "...", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let first = Int(parts[0]),
      let last = Int(parts[parts.count - 1]), first <= last
    else { return nil }
    lengths = first...last
  }

  var defaultValueDescription: String { "\(lengths.lowerBound)...\(lengths.upperBound)" }
}

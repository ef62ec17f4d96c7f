import Files

/// What happens to a sentence with a line that cannot be read.
public enum BadLines: String, Sendable, CaseIterable {
  /// The file is refused.
  case stop
  /// The sentence is left out and counted.
  case skip
}

/// The sentences of a file that could not be read and were left out, or would be if the file were read with `--bad-lines skip`.
public struct SkippedSentences: Sendable, Equatable {
  /// How many there are.
  public private(set) var count = 0
  /// The lines at which the first of them could not be read.
  public private(set) var lines: [Int] = []
  /// What was wrong with the first.
  private(set) var first: DataError?

  /// Beyond so many, only the number is kept.
  private static let maximumListed = 20

  /// Notes a sentence by its error.
  mutating func add(_ error: DataError) {
    count += 1
    if first == nil { first = error }
    if lines.count < Self.maximumListed, let line = error.line { lines.append(line) }
  }

  /// The lines, in words for the user.
  private var places: String {
    let more = count > lines.count ? " and \(count - lines.count) more" : ""
    return "line\(count == 1 ? "" : "s") \(lines.map(String.init).joined(separator: ", "))\(more)"
  }

  /// What was left out, in words for the user; nil if nothing was.
  func notice(of file: String, as noun: String) -> String? {
    guard let first else { return nil }
    return "\(file): left out \(count) \(noun)\(count == 1 ? "" : "s") that cannot be "
      + "read, at \(places); the first: found \(first.found), expected \(first.expected)"
  }

  /// The error for a file that is refused, which offers to leave the sentences out if they are fewer than the others.
  func refusal(others: Int, as noun: String) -> DataError? {
    guard let first, others > count else { return first }
    let offer =
      "\(count) of \(count + others) \(noun)s cannot be read (\(places)): "
      + "--bad-lines skip leaves \(count == 1 ? "it" : "them") out"
    return DataError(
      file: first.file, line: first.line, found: first.found, expected: first.expected,
      remedy: first.remedy.isEmpty ? offer : "\(first.remedy); \(offer)")
  }
}

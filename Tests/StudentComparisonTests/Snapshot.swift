import Files
import Glibc
import TestSupport
import Testing

/// Holds text equal to a committed file; `UPDATE_SNAPSHOTS=1 swift test` writes the file anew instead.
func expectSnapshot(
  _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let path = fixture("StudentComparisonTests/Fixtures/\(name)")
  if getenv("UPDATE_SNAPSHOTS") != nil {
    try AtomicFileWriter.write(text, to: path)
    return
  }
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  let reader = try LineReader(path: path)
  var expected: [String] = []
  while let line = try reader.nextString() { expected.append(line) }
  // The text ends with a line break, after which split finds one more, empty line.
  #expect(lines.count == expected.count + 1, "\(name)", sourceLocation: sourceLocation)
  for (number, (line, golden)) in zip(lines, expected).enumerated() {
    #expect(line == golden, "\(name):\(number + 1)", sourceLocation: sourceLocation)
  }
}

import Files
import Testing

@Suite struct DataErrorTests {
  @Test func saysPlaceFoundExpectedAndRemedy() {
    let error = DataError(
      file: "a.conll", line: 3, found: "two words", expected: "one", remedy: "write tabs")
    #expect(error.description == "a.conll:3: two words; expected one; write tabs")
  }

  /// One character may have a million marks.
  @Test func aMessageIsNotAsLongAsTheFile() {
    let long = String(repeating: "e\u{301}", count: 1_000_000)
    let error = DataError(file: "f", found: long, expected: long, remedy: "do this")
    #expect(error.description.unicodeScalars.count < 1100)
    #expect(error.description.hasSuffix("…; do this"))
    let marks = "e" + String(repeating: "\u{301}", count: 1_000_000)
    let file = FileError(path: "f", operation: .read, reason: marks)
    #expect(file.description.unicodeScalars.count < 1100)
  }
}

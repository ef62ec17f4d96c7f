import Files
import Kernels
import Networks
import StudentFormat
import TestSupport
import Testing

@Suite struct WordVectorFileTests {
  private func read(
    _ text: String, corpus: [String] = [], mostFrequent: Int = 100
  ) throws -> WordVectorTable {
    let path = temporaryPath("vectors.txt")
    try put(Array(text.utf8), at: path)
    defer { removeAll(path) }
    return try WordVectorFile.read(path: path, corpus: corpus, mostFrequent: mostFrequent)
  }

  @Test func theCorpusWordsComeFirstAndTheOthersInTheFilesOrder() throws {
    let table = try read(
      "the 1 2\nof 3 4\nParis -5e-1 6\nparis 7 8\nlyon 9 10\n",
      corpus: ["Lyon", "Paris", "paris", "x"])
    #expect(table.words.words == ["Paris", "paris", "lyon", "the", "of"])
    #expect(table.sizes.tunedCount == 3 && table.sizes.count == 5 && table.sizes.dimension == 2)
    #expect(table.vectors.values == [-0.5, 6, 7, 8, 9, 10, 1, 2, 3, 4])
    #expect(table.words.place(of: "PARIS") == 1)
    #expect(table.words.place(of: "Paris") == 0)
    #expect(table.words.place(of: "London") == nil)
  }

  @Test func onlyTheMostFrequentAndTheCorpusWordsAreKept() throws {
    let table = try read("a 1\nb 2\nc 3\nd 4\ne 5\n", corpus: ["D"], mostFrequent: 2)
    #expect(table.words.words == ["d", "a", "b"])
    #expect(table.vectors.values == [4, 1, 2])
  }

  @Test func headersDuplicatesSpacesAndLineEndsAreTaken() throws {
    #expect(try read("2 3\r\na 1 2 3 \r\nb\t4 5 6").vectors.values == [1, 2, 3, 4, 5, 6])
    let twice = try read("3 1\na 1\na 2\nb 3\n")
    #expect(twice.words.words == ["a", "b"] && twice.vectors.values == [1, 3])
    // GloVe's 840B file has words with spaces, and numbers are words like others.
    let spaced = try read("1996 1 2\n. . . 3 4\nat x@y.z 5 6\n")
    #expect(spaced.words.words == ["1996", ". . .", "at x@y.z"])
    #expect(spaced.vectors.values == [1, 2, 3, 4, 5, 6])
  }

  static let errors: [(text: String, message: String)] = [
    (
      "a 1 2\nb 1\n",
      ":2: a word and 1 numbers; expected 2, as line 1 says; give vectors as text, one word a line"
    ),
    (
      "a 1 2\nb 1 2 3\n",
      ":2: a word and 3 numbers; expected 2, as line 1 says; give vectors as text, one word a line"
    ),
    (
      "2 2\na 1 2\n\n",
      ":3: a word and 0 numbers; expected 2, as line 1 says; give vectors as text, one word a line"
    ),
    (
      "a 1 x\n",
      ":1: \"x\" as number 2; expected a number from -10000 to 10000; give vectors as text, one word a line"
    ),
    (
      "a 1 2\nb nan 2\n",
      ":2: \"nan\" as number 1; expected a number from -10000 to 10000; give vectors as text, one word a line"
    ),
    (
      "",
      ": no vectors; expected a word and its numbers on each line; give vectors as text, one word a line"
    ),
    (
      "400000 2\na 1 2\n", ": 1 vectors; expected 400000, as line 1 says; is the file cut off?"
    ),
    (
      "word\n",
      ":1: 0 numbers a word; expected 1 to 4096; give vectors as text, in the form of GloVe or word2vec"
    ),
    (
      "3 9999999999\n",
      ":1: 9999999999 numbers a word; expected 1 to 4096; "
        + "give vectors as text, in the form of GloVe or word2vec"
    ),
  ]

  @Test(arguments: errors.indices) func badLinesAreNamed(_ index: Int) throws {
    let path = temporaryPath("vectors.txt")
    try put(Array(Self.errors[index].text.utf8), at: path)
    let error = #expect(throws: DataError.self) {
      try WordVectorFile.read(path: path, corpus: ["a"])
    }
    #expect(error?.description == path + Self.errors[index].message)
  }

  @Test func bytesThatAreNotUTF8AreNamed() throws {
    let path = temporaryPath("vectors.txt")
    try put([0x61, 0x20, 0x31, 0x0A, 0xFF, 0x20, 0x31, 0x0A], at: path)
    let error = #expect(throws: DataError.self) {
      try WordVectorFile.read(path: path, corpus: ["a"])
    }
    #expect(error?.line == 2 && error?.found == "a word that is not UTF-8")
  }
}

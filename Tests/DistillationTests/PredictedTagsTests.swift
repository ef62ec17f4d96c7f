import Corpora
import Distillation
import Files
import TestSupport
import Testing

/// Tags that stand in a file beside the gold sentences.
@Suite struct PredictedTagsTests {
  private let gold = [Example(words: ["caf\u{E9}", "a"], tags: ["O", "O"], line: 3)]

  private func tags(_ text: String) throws -> [[String]] {
    try withScratchFolder { folder in
      try put(Array(text.utf8), at: "\(folder)/p.conll")
      return try PredictedTags(path: "\(folder)/p.conll").tags(for: gold, of: "gold.conll")
    }
  }

  @Test func tagsOfTheSameWordsAreRead() throws {
    #expect(try tags("caf\u{E9} B-X\na O\n\n") == [["B-X", "O"]])
  }

  @Test func wordsOfOtherBytesAreOtherWords() throws {
    let error = try #require(throws: DataError.self) { try tags("cafe\u{301} B-X\na O\n\n") }
    #expect(error.found == "other words" && error.line == 1)
    #expect(error.expected == "those of gold.conll:3")
  }
}

import Testing
import Text

@Suite struct WordIndexTests {
  @Test func numbersWordsInTheOrderOfTheirFirstAppearance() {
    var index = WordIndex(capacity: 1)
    let words = (0..<5000).map { "word\($0 * 7919 % 3001)" }
    var expected: [String: Int] = [:]
    for word in words {
      let (number, isNew) = index.intern(word)
      #expect(isNew == (expected[word] == nil))
      #expect(number == expected[word] ?? expected.count)
      expected[word] = number
    }
    #expect(index.count == 3001)
    index.removeAll()
    #expect(index.count == 0)
    #expect(index.intern("word1") == (0, true))
  }

  @Test func tellsBytesApartThatSwiftTakesForEqual() {
    var index = WordIndex()
    #expect(index.intern("\u{E9}").number == 0)
    #expect(index.intern("e\u{301}").number == 1)
    #expect(index.intern("").number == 2)
  }
}

import Tagger
import Testing

/// What a tagger answers does not depend on what it has read before or reads beside, in either precision.
@Suite struct TaggerPrecisionTests {
  @Test(arguments: TaggerPrecision.allCases)
  func logitsDoNotDependOnWhatWasReadBefore(_ precision: TaggerPrecision) throws {
    let (folder, _) = try TaggerTests.saved(TaggerTests.Design(layers: 2))
    let tagger = try Tagger(path: folder, precision: precision)
    let sentences = TaggerTests.sentences(9)
    let first = sentences.map { tagger.logits(words: $0) }
    // More words than are kept, some of which come again.
    for number in 0..<600 {
      _ = tagger.tag(words: (0..<12).map { "w\(number * 10 + $0)" })
    }
    #expect(sentences.map { tagger.logits(words: $0) } == first)
    #expect(try Tagger(path: folder, precision: precision).logits(words: sentences[8]) == first[8])
  }

  @Test(arguments: TaggerPrecision.allCases)
  func probabilitiesDoNotDependOnWhatRunsBeside(_ precision: TaggerPrecision) throws {
    let tagger = try Tagger(path: TaggerTests.saved().folder, precision: precision)
    let sentences = TaggerTests.sentences(61)
    let together = tagger.sentences(words: sentences).map(\.entities)
    #expect(together == sentences.map { tagger.entities(words: $0) })
  }

  @Test(arguments: TaggerTests.designs)
  func int8IsCloseToFP32(_ design: TaggerTests.Design) throws {
    let (folder, _) = try TaggerTests.saved(design)
    let (exact, low) = (try Tagger(path: folder), try Tagger(path: folder, precision: .int8))
    var largest: Float = 0
    for sentence in TaggerTests.sentences(20) {
      for (a, b) in zip(exact.logits(words: sentence), low.logits(words: sentence)) {
        for (a, b) in zip(a, b) { largest = max(largest, abs(a - b)) }
      }
    }
    #expect(largest < 0.1)
    #expect((largest > 0) == TaggerPrecision.hasInt8)
  }
}

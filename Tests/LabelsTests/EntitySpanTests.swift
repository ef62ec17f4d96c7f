import Labels
import Testing

@Suite struct EntitySpanTests {
  @Test func insideAfterOutsideStartsAnEntity() {
    #expect(
      EntitySpan.spans(of: ["O", "I-PER", "I-LOC", "I-LOC", "B-LOC"]) == [
        EntitySpan(type: "PER", words: 1..<2), EntitySpan(type: "LOC", words: 2..<4),
        EntitySpan(type: "LOC", words: 4..<5),
      ])
  }

  @Test(arguments: ["", "B", "LABEL_1", "O-PER"])
  func textThatIsNoTagIsOutside(_ text: String) {
    #expect(
      EntitySpan.spans(of: ["B-PER", text, "I-PER"]) == [
        EntitySpan(type: "PER", words: 0..<1), EntitySpan(type: "PER", words: 2..<3),
      ])
  }

  /// All schemes mark the same entities: two of two words that adjoin, one of a single word.
  @Test(arguments: [
    "I-X I-X B-X I-X O I-X", "B-X I-X B-X I-X O B-X", "B-X E-X B-X E-X O S-X",
    "B-X L-X B-X L-X O U-X", "I-X E-X I-X E-X O E-X",
  ])
  func everySchemeIsReadTheSame(_ tags: String) {
    #expect(
      EntitySpan.spans(of: tags.split(separator: " ").map(String.init))
        == [0..<2, 2..<4, 5..<6].map { EntitySpan(type: "X", words: $0) })
  }

  /// Reading a sentence and reading what it is turned into find the same entities, over all letters and two types.
  @Test func entitiesAreThoseOfTheConvertedTags() {
    let alphabet = ["O", "B-X", "I-X", "E-X", "S-X", "L-X", "U-X", "M-X", "I-Y", "E-Y"]
    for number in 0..<10_000 {
      var rest = number
      let tags = (0..<4).map { _ in
        defer { rest /= 10 }
        return alphabet[rest % 10]
      }
      var converted = tags
      var evidence = TagScheme.Evidence()
      TagScheme.convertToIOB2(&converted, evidence: &evidence)
      #expect(EntitySpan.spans(of: tags) == EntitySpan.spans(of: converted), "\(tags)")
    }
  }

  @Test func typesThatLookAlikeAreOtherTypes() {
    let spans = EntitySpan.spans(of: ["B-Caf\u{E9}", "I-Cafe\u{301}"])
    #expect(spans.count == 2)
    #expect(
      EntitySpan(type: "Caf\u{E9}", words: 0..<1) != EntitySpan(type: "Cafe\u{301}", words: 0..<1))
    #expect(Set(spans.map { EntitySpan(type: $0.type, words: 0..<1) }).count == 2)
  }
}

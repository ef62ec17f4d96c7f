import Labels
import Testing

@Suite struct LabelSetTests {
  @Test func keepsAGivenOrder() {
    let labels = LabelSet(names: ["B-X", "O", "I-X", "O"])
    #expect(labels.index(of: "O") == 1)
    #expect(labels.count == 4)
  }

  @Test func typesComeInTheOrderOfTheirFirstLabel() {
    let labels = LabelSet(names: ["O", "I-PER", "S-LOC", "B-PER", "B-A-B", "X-ORG"])
    #expect(labels.types == ["PER", "LOC", "A-B"])
    #expect(labels.index(ofType: "A-B") == 2)
    #expect(labels.index(ofType: "ORG") == nil)
    #expect(labels.label(.begin, type: 0) == 3)
    #expect(labels.label(.begin, type: 1) == nil)
  }

  @Test func aNewNameIsAddedBehindTheOthers() {
    var labels = LabelSet(names: ["O", "B-X"])
    #expect(labels.add("B-X") == 1)
    #expect(labels.add("I-Y") == 2)
    #expect(labels.types == ["X", "Y"])
  }

  /// Labels that look alike and differ in their bytes are two labels of two types.
  @Test func labelsAreToldApartByTheirBytes() {
    let (composed, decomposed) = ("B-Caf\u{E9}", "B-Cafe\u{301}")
    let labels = LabelSet(names: [composed, decomposed])
    #expect(labels.index(of: composed) == 0)
    #expect(labels.index(of: decomposed) == 1)
    #expect(labels.types.count == 2)
    #expect(LabelSet(types: ["Caf\u{E9}", "Cafe\u{301}"]).count == 5)
    #expect(labels != LabelSet(names: [decomposed, composed]))
  }

  /// The hyphen and a combining mark behind it are one character, and two scalars.
  @Test func aTypeMayBeginWithACombiningMark() {
    let labels = LabelSet(types: ["\u{301}X"])
    #expect(labels.names.map { Array($0.utf8) }[1] == Array("B-\u{301}X".utf8))
    #expect(labels.types.map { Array($0.utf8) } == [Array("\u{301}X".utf8)])
    #expect(labels.index(ofType: "X") == nil)
  }
}

import Labels
import Testing

/// The entities of a tag sequence by conlleval's rules, as (type, first, last): the twin of the conversion.
private func entities(_ tags: [String]) -> [String] {
  var found: [String] = []
  var open: (type: String, first: Int)?
  for (index, tag) in (tags + ["O"]).enumerated() {
    let type = String(tag.dropFirst(2))
    let continues = tag.hasPrefix("I-") && open?.type == type
    if !continues {
      if let open { found.append("\(open.type) \(open.first)-\(index - 1)") }
      open = tag == "O" ? nil : (type, index)
    }
  }
  return found
}

@Suite struct TagSchemeTests {
  private func converted(_ tags: [String]) -> (tags: [String], evidence: TagScheme.Evidence) {
    var tags = tags
    var evidence = TagScheme.Evidence()
    TagScheme.convertToIOB2(&tags, evidence: &evidence)
    return (tags, evidence)
  }

  @Test func convertsIOB1() {
    let (tags, evidence) = converted(["I-PER", "I-PER", "B-PER", "O", "I-LOC", "I-ORG", "I-ORG"])
    #expect(tags == ["B-PER", "I-PER", "B-PER", "O", "B-LOC", "B-ORG", "I-ORG"])
    #expect(evidence.scheme == .iob1)
    #expect(evidence.openedByI == 3 && evidence.openedByB == 0)
  }

  @Test func keepsIOB2AndMendsAnIllegalStart() {
    let (tags, evidence) = converted(["I-LOC", "O", "B-PER", "I-PER", "B-PER", "O", "B-ORG"])
    #expect(tags == ["B-LOC", "O", "B-PER", "I-PER", "B-PER", "O", "B-ORG"])
    #expect(evidence.scheme == .iob2)
    #expect(evidence.irregular == 1)
  }

  @Test func keepsPartsOfSpeechAsEntitiesOfOneWord() {
    let tags = ["B-NN", "B-NN", "B-PRP$", "B-:", "B-''", "B--X-"]
    #expect(converted(tags).tags == tags)
    #expect(converted(tags).evidence.notice(of: "x.conll") == nil)
  }

  @Test func convertsBIOES() {
    let (tags, evidence) = converted(
      ["B-PER", "E-PER", "S-PER", "B-LOC", "M-LOC", "I-LOC", "E-LOC", "O", "S-ORG", "S-ORG"])
    #expect(
      tags == [
        "B-PER", "I-PER", "B-PER", "B-LOC", "I-LOC", "I-LOC", "I-LOC", "O", "B-ORG", "B-ORG",
      ])
    #expect(evidence.scheme == .bioes)
    #expect(evidence.irregular == 0)
    #expect(evidence.closedAsBIOES == 5 && evidence.unclosed == 0)
  }

  @Test func convertsBILOU() {
    let (tags, evidence) = converted(["B-PER", "L-PER", "U-PER", "B-LOC", "I-LOC", "L-LOC", "O"])
    #expect(tags == ["B-PER", "I-PER", "B-PER", "B-LOC", "I-LOC", "I-LOC", "O"])
    #expect(evidence.scheme == .bilou)
    #expect(evidence.irregular == 0)
  }

  /// The hyphen and a combining mark behind it are one character.
  @Test func aTypeMayBeginWithACombiningMark() {
    var tags = ["U-\u{5A5}X", "O", "I-\u{301}", "I-\u{301}"]
    var evidence = TagScheme.Evidence()
    TagScheme.convertToIOB2(&tags, evidence: &evidence)
    let expected = ["B-\u{5A5}X", "O", "B-\u{301}", "I-\u{301}"]
    #expect(tags.map { Array($0.utf8) } == expected.map { Array($0.utf8) })
  }

  @Test func countsWhatDoesNotFitBIOES() {
    let (tags, evidence) = converted(
      ["B-X", "E-X", "I-X", "E-X", "S-Y", "O", "B-X", "O", "S-X", "S-X"])
    #expect(tags == ["B-X", "I-X", "B-X", "I-X", "B-Y", "O", "B-X", "O", "B-X", "B-X"])
    #expect(evidence.scheme == .bioes)
    // An I-X after a closed entity, and a B-X that nothing closes.
    #expect(evidence.openedByI == 1 && evidence.unclosed == 1)
    #expect(evidence.irregular == 2)
  }

  @Test func theNoticeSaysWhatWasMendedAndWhere() {
    var evidence = TagScheme.Evidence()
    for (line, tags) in [(1, ["I-X", "O"]), (4, ["B-X", "B-X"]), (7, ["B-X", "O"])] {
      var tags = tags
      TagScheme.convertToIOB2(&tags, evidence: &evidence, line: line)
    }
    #expect(evidence.scheme == .iob2)
    #expect(
      evidence.notice(of: "x.conll")
        == "x.conll: 1 entity does not begin or end as IOB2 asks, first in the sentence at line 1; "
        + "taken as conlleval does")
    #expect(converted(["B-X", "O"]).evidence.notice(of: "x.conll") == nil)
  }

  /// Every sequence of four tags over one type and all letters: the entities of a rule written down letter by letter.
  @Test func findsTheEntitiesOfEverySequenceInAllSchemes() {
    let alphabet = ["O", "B-X", "I-X", "E-X", "S-X", "L-X", "U-X", "M-X", "I-Y"]
    for number in 0..<6561 {
      var rest = number
      var tags: [String] = []
      for _ in 0..<4 {
        tags.append(alphabet[rest % 9])
        rest /= 9
      }
      var expected: [String] = []
      for (index, tag) in tags.enumerated() {
        let before = index > 0 ? tags[index - 1] : "O"
        let type = tag.dropFirst(2)
        let isClosed = before == "O" || "ESLU".contains(before.prefix(1))
        let continues = "IMEL".contains(tag.prefix(1)) && !isClosed && before.dropFirst(2) == type
        expected.append(tag == "O" ? "O" : (continues ? "I-" : "B-") + type)
      }
      let (found, evidence) = converted(tags)
      #expect(found == expected)
      #expect(
        evidence.closedAsBIOES + evidence.closedAsBILOU + evidence.unclosed
          == found.count { $0.hasPrefix("B-") })
    }
  }

  @Test func noEntityGivesNoScheme() {
    #expect(converted(["O", "O"]).evidence.scheme == nil)
    #expect(converted([]).evidence.scheme == nil)
  }

  /// Every sequence of five tags over two types: the same entities before and after, and after it legal IOB2.
  @Test func keepsTheEntitiesOfEverySequence() {
    let alphabet = ["O", "B-X", "I-X", "B-Y", "I-Y"]
    for number in 0..<3125 {
      var rest = number
      var tags: [String] = []
      for _ in 0..<5 {
        tags.append(alphabet[rest % 5])
        rest /= 5
      }
      let result = converted(tags).tags
      #expect(entities(result) == entities(tags))
      #expect(converted(result).tags == result)
      #expect(converted(result).evidence.openedByI == 0)
    }
  }
}

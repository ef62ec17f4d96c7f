import Corpora
import TestSupport
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

@Suite struct LabelSetTests {
  @Test func learnsBothLabelsOfEachTypeInOrder() {
    let labels = LabelSet(learnedFrom: [
      Sentence(words: ["a", "b"], tags: ["B-PER", "O"]),
      Sentence(words: ["c", "d"], tags: ["B-LOC", "I-LOC"]),
    ])
    #expect(labels.names == ["O", "B-LOC", "I-LOC", "B-PER", "I-PER"])
    #expect(labels.index(of: "I-PER") == 4)
    #expect(labels.index(of: "B-ORG") == nil)
    #expect(labels.types == ["LOC", "PER"])
    #expect(labels == LabelSet(types: ["PER", "LOC", "PER"]))
  }

  @Test func keepsAGivenOrder() {
    let labels = LabelSet(names: ["B-X", "O", "I-X", "O"])
    #expect(labels.index(of: "O") == 1)
    #expect(labels.count == 4)
  }

  @Test func unlabelledSentencesGiveOnlyO() {
    #expect(LabelSet(learnedFrom: [Sentence(words: ["a"])]).names == ["O"])
  }
}

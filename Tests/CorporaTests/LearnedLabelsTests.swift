import Corpora
import Labels
import Testing

@Suite struct LearnedLabelsTests {
  @Test func learnsBothLabelsOfEachTypeInOrder() {
    let labels = LabelSet(learnedFrom: [
      Example(words: ["a", "b"], tags: ["B-PER", "O"]),
      Example(words: ["c", "d"], tags: ["B-LOC", "I-LOC"]),
    ])
    #expect(labels.names == ["O", "B-LOC", "I-LOC", "B-PER", "I-PER"])
    #expect(labels.index(of: "I-PER") == 4)
    #expect(labels.index(of: "B-ORG") == nil)
    #expect(labels.types == ["LOC", "PER"])
    #expect(labels == LabelSet(types: ["PER", "LOC", "PER"]))
  }

  @Test func learnsTwoHundredTypesFromAStream() throws {
    let types = (0..<200).map { "TYPE-\($0)" }
    let text = types.map { "a B-\($0)\nb I-\($0)\n\n" }.joined()
    let labels = try LabelSet(
      learnedFrom: CorpusReader(bytes: Array(text.utf8), name: "x.conll"))
    #expect(labels.count == 401)
    #expect(labels.types == types.sorted())
    #expect(labels == LabelSet(types: types))
    for (index, name) in labels.names.enumerated() { #expect(labels.index(of: name) == index) }
    let corpus = try Corpus.read(CorpusReader(bytes: Array(text.utf8), name: "x.conll"))
    #expect(labels == LabelSet(learnedFrom: corpus.examples))
  }

  @Test func noSentencesAndNoTagsHaveNoLabels() {
    func labels(_ text: String) throws -> LabelSet {
      try LabelSet(learnedFrom: CorpusReader(bytes: Array(text.utf8), name: "x.conll"))
    }
    #expect { try labels("") } throws: { "\($0)".hasPrefix("x.conll: no sentences") }
    #expect { try labels("\na\n") } throws: {
      "\($0)"
        == "x.conll:2: words without entity tags; expected entity tags: the last of two columns or "
        + "more; give a corpus with tags, or name their column with --columns"
    }
  }

  @Test func unlabelledSentencesGiveOnlyO() {
    #expect(LabelSet(learnedFrom: [Example(words: ["a"])]).names == ["O"])
  }
}

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

  /// Whole numbers by their values, else by bytes; composed and decomposed letters are different labels.
  @Test(arguments: [
    (["10", "9", "-1", "10"], ["-1", "9", "10"]), (["1", "01", "0"], ["0", "01", "1"]),
    (["10", "9", "x"], ["10", "9", "x"]),
    (["very good", "Bad", "B-X"], ["B-X", "Bad", "very good"]),
    (["99999999999999999999", "9"], ["9", "99999999999999999999"]),
    (["\u{E9}", "e\u{301}"], ["e\u{301}", "\u{E9}"]),
  ])
  func labelsOfTextsComeInOrder(_ labels: [String], _ expected: [String]) throws {
    let examples = labels.map { Example(words: ["a"], label: $0) }
    let names = LabelSet(learnedFrom: examples).names
    #expect(names.map { Array($0.utf8) } == expected.map { Array($0.utf8) })
    let text = labels.map { "\($0)\ta b c\n" }.joined()
    let reader = CorpusReader(bytes: Array(text.utf8), name: "x.tsv")
    #expect(try LabelSet(learnedFrom: reader).names.elementsEqual(names))
  }

  @Test func textsWithoutLabelsHaveNoLabels() {
    let reader = CorpusReader(bytes: Array("id\tsentence\n7\ta b c\n".utf8), name: "x.tsv")
    #expect {
      try LabelSet(learnedFrom: reader)
    } throws: {
      "\($0)"
        == "x.tsv:2: a text without a label; expected a label in each row; give a corpus with "
        + "labels, or name their column with --columns label=..., and the texts'"
    }
  }
}

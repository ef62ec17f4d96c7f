import Evaluation
import Labels
import Testing

@Suite struct ErrorAnalysisTests {
  private func spans(_ tags: String) -> [EntitySpan] {
    EntitySpan.spans(of: tags.split(separator: " ").map(String.init))
  }

  private func outcomes(_ gold: String, _ predicted: String) -> [EntityMatch.Outcome] {
    EntityMatch.matches(gold: spans(gold), predicted: spans(predicted)).map(\.outcome)
  }

  @Test(arguments: [
    ("B-PER I-PER O", "B-PER I-PER O", [EntityMatch.Outcome.correct]),
    ("B-PER I-PER O", "B-PER O O", [.boundary]),
    ("B-PER I-PER O", "B-LOC I-LOC O", [.type]),
    ("B-PER I-PER O", "O B-LOC I-LOC", [.boundaryAndType]),
    ("B-PER I-PER O", "O O B-PER", [.missed, .spurious]),
    ("B-PER I-PER O", "O O O", [.missed]),
    ("O O O", "B-PER I-PER O", [.spurious]),
    // One entity read as two: the first stands for it, the second is too much.
    ("B-PER I-PER O", "B-PER B-PER O", [.boundary, .spurious]),
    // The one that shares more words is taken, wherever it stands.
    ("B-PER I-PER I-PER", "B-PER B-PER I-PER", [.boundary, .spurious]),
    // The right type comes before the larger share.
    ("B-PER I-PER I-PER", "B-PER B-LOC I-LOC", [.boundary, .spurious]),
    // The same boundaries come before the right type: the pair is one wrong type, not two boundaries.
    ("B-PER B-LOC I-LOC", "B-PER B-PER I-PER", [.correct, .type]),
    // Two entities read as one.
    ("B-PER B-PER O", "B-PER I-PER O", [.boundary, .missed]),
  ])
  func everyEntityHasOneOutcome(
    _ gold: String, _ predicted: String, _ expected: [EntityMatch.Outcome]
  ) {
    #expect(outcomes(gold, predicted) == expected)
  }

  @Test func theLargerShareIsTheMatch() {
    let matches = EntityMatch.matches(
      gold: spans("B-PER I-PER I-PER"), predicted: spans("B-PER B-PER I-PER"))
    #expect(matches[0].predicted == EntitySpan(type: "PER", words: 1..<3))
  }

  @Test func seenIsTheSameWordsInTheSameCaseUnderAnyType() throws {
    var forms = SurfaceForms()
    forms.add(words: ["New", "York", "calls"], tags: ["B-LOC", "I-LOC", "O"])
    #expect(forms.count == 1)
    var analysis = ErrorAnalysis(trainingForms: forms)
    analysis.add(
      words: ["New", "York", "new", "York", "York"],
      gold: ["B-ORG", "I-ORG", "B-LOC", "I-LOC", "B-LOC"],
      predicted: ["B-ORG", "I-ORG", "O", "B-LOC", "O"])
    let seen = try #require(analysis.seen)
    #expect(seen.seen == MatchCounts(gold: 1, predicted: 1, correct: 1))
    #expect(seen.unseen == MatchCounts(gold: 2, predicted: 1, correct: 0))
  }

  @Test func typesAndFormsThatLookAlikeAreTwo() throws {
    var forms = SurfaceForms()
    forms.add(words: ["caf\u{E9}", "cafe\u{301}"], tags: ["B-X", "B-X"])
    #expect(forms.count == 2)
    var analysis = ErrorAnalysis(trainingForms: forms)
    analysis.add(
      words: ["a", "b"], gold: ["B-\u{E9}", "B-e\u{301}"], predicted: ["B-e\u{301}", "B-e\u{301}"])
    #expect(analysis.count(of: .type) == 1 && analysis.count(of: .correct) == 1)
    #expect(analysis.confusion.names.count == 2)
    #expect(analysis.confusion[gold: "\u{E9}", predicted: "e\u{301}"] == 1)
    #expect(analysis.confusion[gold: "\u{E9}", predicted: "\u{E9}"] == 0)
  }

  @Test func withoutATrainingCorpusNothingIsSeen() {
    var analysis = ErrorAnalysis()
    analysis.add(words: ["a"], gold: ["B-X"], predicted: ["O"])
    #expect(analysis.seen == nil)
    #expect(!analysis.tables().contains("unseen"))
  }

  @Test(arguments: [(0, 0), (1, 1), (10, 1), (11, 11), (20, 11), (50, 31), (51, 51), (400, 51)])
  func everyLengthHasItsBin(_ words: Int, _ shortest: Int) {
    var analysis = ErrorAnalysis()
    let tags = [String](repeating: "B-X", count: words)
    analysis.add(words: tags, gold: tags, predicted: tags)
    let filled = analysis.lengths.filter { $0.sentences > 0 }
    #expect(filled.map(\.shortest) == (shortest == 0 ? [] : [shortest]))
    #expect(filled.allSatisfy { $0.counts.gold == words })
  }

  @Test func tablesShowEveryPart() {
    var forms = SurfaceForms()
    forms.add(words: ["Ada"], tags: ["B-PER"])
    var analysis = ErrorAnalysis(trainingForms: forms)
    analysis.add(
      words: ["Ada", "Lovelace", "in", "Porto", "Ada"],
      gold: ["B-PER", "I-PER", "O", "B-LOC", "B-PER"],
      predicted: ["B-PER", "O", "B-ORG", "B-ORG", "B-PER"])
    #expect(
      analysis.tables() == """
        errors                      count   share
        --------------------------  -----  ------
        right type, wrong boundary      1  33.3 %
        right boundary, wrong type      1  33.3 %
        overlap, both wrong             0   0.0 %
        missed                          0   0.0 %
        spurious                        1  33.3 %

        gold \\ predicted  LOC  ORG  PER  missed
        ----------------  ---  ---  ---  ------
        LOC                 0    1    0       0
        ORG                 0    0    0       0
        PER                 0    0    2       0
        spurious            0    1    0

        in training  precision  recall     F1  gold  predicted  correct
        -----------  ---------  ------  -----  ----  ---------  -------
        seen             50.00  100.00  66.67     1          2        1
        unseen            0.00    0.00   0.00     2          2        0

        words in sentence  precision  recall     F1  gold  predicted  correct
        -----------------  ---------  ------  -----  ----  ---------  -------
        1–10                   25.00   33.33  28.57     3          4        1

        """)
  }

  @Test func manyTypesAreAListOfTheCommonestConfusions() {
    var analysis = ErrorAnalysis()
    for type in 0..<30 {
      let (gold, other) = ("B-T\(type)", "B-T\((type + 1) % 30)")
      for _ in 0...type { analysis.add(words: ["x"], gold: [gold], predicted: [other]) }
    }
    let table = analysis.tables().split(separator: "\n\n")[1].split(separator: "\n")
    #expect(table.count == 22)
    #expect(table[2] == "T29   T0            30")
  }
}

import Evaluation
import Labels
import StudentComparison
import Testing

@Suite struct ReportExamplesTests {
  private let gold = ReportExamples.Answer.entities([EntitySpan(type: "PER", words: 0..<1)])

  /// So many sentences, numbered by their first word, that teacher and student read right or wrong.
  private func sentences(
    _ count: Int, teacher: Bool, student: Bool, words: Int = 8
  ) -> [ReportExamples.Example] {
    (0..<count).map { number in
      ReportExamples.Example(
        words: ["\(number)"] + [String](repeating: "x", count: words - 1), gold: gold,
        teacher: teacher ? gold : .entities([]), student: student ? gold : .entities([]))
    }
  }

  private func chosen(_ sentences: [ReportExamples.Example]) -> [ReportExamples.Example] {
    ReportExamples.choose(from: sentences, student: "s").examples
  }

  @Test func eachGroupHasAsMany() {
    let all =
      sentences(100, teacher: true, student: true) + sentences(50, teacher: false, student: false)
      + sentences(20, teacher: true, student: false) + sentences(3, teacher: false, student: true)
    let readings = chosen(all).map { "\($0.teacher == gold) \($0.student == gold)" }
    #expect(
      readings
        == [("false true"), "true false", "false false", "true true"].flatMap {
          [String](repeating: $0, count: 3)
        })
  }

  @Test func aSmallGroupLeavesItsPlacesToOthers() {
    let all =
      sentences(100, teacher: true, student: true) + sentences(1, teacher: false, student: true)
    #expect(chosen(all).map { $0.teacher == gold } == [false] + [Bool](repeating: true, count: 11))
    #expect(chosen(sentences(2, teacher: true, student: true)).count == 2)
    #expect(chosen([]).isEmpty)
  }

  @Test func theyComeFromAllOverTheCorpus() {
    #expect(
      chosen(sentences(120, teacher: true, student: true)).map { $0.words[0] }
        == (0..<12).map { "\(10 * $0 + 5)" })
  }

  @Test func sentencesThatAreShortOrLongAreLeftOut() {
    #expect(chosen(sentences(9, teacher: true, student: true, words: 4)).isEmpty)
    #expect(chosen(sentences(9, teacher: true, student: true, words: 31)).isEmpty)
    #expect(chosen(sentences(9, teacher: true, student: true, words: 30)).count == 9)
  }
}

import JSON
import Labels
import StudentComparison
import TestSupport
import Testing

/// Reports of models that label texts and pairs of texts.
@Suite struct TextReportTests {
  @Test func markdown() throws {
    try expectSnapshot(ComparisonReport.sampleOfPairs.markdown(), "pairs.md")
  }

  @Test func terminal() throws {
    try expectSnapshot(ComparisonReport.sampleOfTexts.terminalText(), "texts.txt")
  }

  @Test func json() throws {
    try expectSnapshot(ComparisonReport.sampleOfPairs.json.text(.pretty) + "\n", "pairs.json")
  }

  @Test(arguments: [ComparisonReport.sampleOfTexts, .sampleOfPairs])
  func theyReadBackAsTheyWere(report: ComparisonReport) throws {
    let read = try ComparisonReport(json: report.json, file: "report.json")
    #expect(read == report)
  }

  @Test(arguments: [ComparisonReport.sampleOfTexts, .sampleOfPairs])
  func nothingIsSaidOfEntities(report: ComparisonReport) {
    for text in [report.html(), report.markdown(), report.terminalText()] {
      // The style sheet is the same for all tasks.
      let body = text.split(separator: "</style>").last ?? ""
      for word in ["entit", "sentence", "F1 seen", "tag"] {
        #expect(!body.contains(word), "\(word)")
      }
      #expect(body.contains("accuracy"))
    }
  }

  @Test func theLabelsOfAPageAreEscaped() {
    let html = ComparisonReport.sampleOfTexts.html()
    #expect(html.contains("&lt;good&gt;") && !html.contains("<good>"))
    #expect(html.contains("<h2>Examples</h2>") && html.contains("<h2>F1 by label</h2>"))
  }

  @Test func publishedScoresStandBesideThoseOfTexts() {
    let text = ComparisonReport.sampleOfTexts.terminalText()
    for figure in ["94.9", "90.4", "90.7", "86.7"] { #expect(text.contains(figure)) }
    #expect(!ComparisonReport.sample.terminalText().contains("Tang et al. 2019 on"))
  }

  @Test func aReportThatDoesNotSayItsTaskIsOfATagger() throws {
    var report = try #require(ComparisonReport.sample.json.object)
    var run = try #require(report["run"]?.object)
    run["task"] = nil
    report["run"] = .object(run)
    #expect(
      try ComparisonReport(json: .object(report), file: "report.json") == ComparisonReport.sample)
  }

  @Test func detailsOfAnotherTaskAreRefused() throws {
    var report = ComparisonReport.sampleOfPairs
    report.students[0].details = .sample(f1: 0.9, isTeacher: true)
    #expect(throws: (any Error).self) {
      try ComparisonReport(json: report.json, file: "report.json")
    }
    // What was put together in memory renders without them.
    #expect(report.markdown().contains("## Where they err"))
  }

  @Test func aFirstTextLongerThanThePairIsRefused() throws {
    var report = ComparisonReport.sampleOfPairs
    report.examples?.examples[0].firstLength = 7
    #expect(throws: (any Error).self) {
      try ComparisonReport(json: report.json, file: "report.json")
    }
  }
}

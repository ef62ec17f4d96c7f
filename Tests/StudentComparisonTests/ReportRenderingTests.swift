import Evaluation
import JSON
import StudentComparison
import TerminalUI
import TestSupport
import Testing

@Suite struct ReportRenderingTests {
  @Test func markdown() throws {
    try expectSnapshot(ComparisonReport.sample.markdown(), "report.md")
  }

  @Test func html() throws {
    try expectSnapshot(ComparisonReport.sample.html(), "report.html")
  }

  @Test func terminal() throws {
    try expectSnapshot(ComparisonReport.sample.terminalText(), "report.txt")
  }

  @Test func json() throws {
    try expectSnapshot(ComparisonReport.sample.json.text(.pretty) + "\n", "report.json")
  }

  @Test func htmlNeedsNothingFromElsewhere() {
    let html = ComparisonReport.sample.html()
    for reference in ["http", "src=", "href=", "@import", "url(", "<script", "<link"] {
      #expect(!html.contains(reference), "\(reference)")
    }
  }

  @Test func reportWithoutRowsRenders() {
    var report = ComparisonReport.sample
    report.students = []
    report.claims = []
    #expect(report.summary == nil)
    #expect(report.markdown().contains("| student | training |"))
    #expect(!report.html().contains("<svg"))
    #expect(report.terminalText().contains("student  training"))
  }

  @Test func extremeFiguresRender() {
    var report = ComparisonReport.sample
    for (index, figure) in [Double.nan, .infinity, 0, 1e-300, 1e300].enumerated() {
      report.students[index].latencyP50Milliseconds = figure
      report.students[index].latencyP95Milliseconds = figure
      report.students[index].wordsPerSecond = figure
      report.students[index].wordsPerSecondOnAllThreads = figure
      report.students[index].parameters = .max
      report.students[index].peakMemoryBytes = .max
    }
    #expect(report.html().contains("<svg"))
    #expect(report.terminalText().contains("9.2 EB"))
    #expect(report.markdown().contains("9.2 EB"))
  }

  @Test func oneStudentAloneHasAPlot() {
    var report = ComparisonReport.sample
    report.students = [report.students[0]]
    #expect(report.html().contains("<svg"))
  }

  @Test func whatWasNotLookedAtHasNoSection() {
    var report = ComparisonReport.sample
    report.examples = nil
    for index in report.students.indices { report.students[index].details = nil }
    let html = report.html()
    for title in ["Where they err", "Calibration", "Examples"] {
      #expect(ComparisonReport.sample.html().contains("<h2>\(title)</h2>"))
      #expect(!html.contains("<h2>\(title)</h2>"))
    }
    #expect(!report.markdown().contains("Where they err"))
  }

  @Test func manyTypesAreFoldedAway() {
    var report = ComparisonReport.sample
    let seed = SeedResult(
      seed: 1, sentences: [],
      perType: (0..<200).map {
        SeedResult.TypeCounts(type: "T\($0)", counts: MatchCounts(gold: $0, predicted: 1))
      })
    report.students = [
      StudentResult(
        name: "x", training: .direct, seeds: [seed], parameters: 1, parametersWithoutEmbeddings: 1,
        fileBytes: 1)
    ]
    let html = report.html()
    #expect(html.contains("<summary>The other 188 types</summary>"))
    // The largest types are shown, those with most gold entities.
    let shown = html.split(separator: "<summary>The other").first ?? ""
    #expect(shown.contains(">T199</span>") && !shown.contains(">T187</span>"))
  }
}

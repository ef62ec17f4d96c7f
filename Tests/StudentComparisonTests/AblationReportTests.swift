import JSON
import StudentComparison
import Testing

@Suite struct AblationReportTests {
  @Test func renderings() throws {
    let report = AblationReport.sample
    try expectSnapshot(report.json.text(.pretty) + "\n", "ablation.json")
    try expectSnapshot(report.markdown(), "ablation.md")
    try expectSnapshot(report.html(), "ablation.html")
    try expectSnapshot(report.terminalText(), "ablation.txt")
  }

  @Test func itReadsBackAsItWas() throws {
    let json = try JSONValue.parse(
      AblationReport.sample.json.text(.pretty), file: "ablation.json")
    #expect(try AblationReport(json: json, file: "ablation.json") == .sample)
  }

  @Test(arguments: [
    ("\"is_base\": true", "\"is_base\": 1", "groups[0].rows[1].is_base 1; expected true or false"),
    ("\"difference\": ", "\"difference\": 7", "difference 7"),
    (
      "\"format\": 1", "\"format\": 0",
      "expected the format 1; make the report anew with: compare-students ablate"
    ),
  ])
  func whatIsWrongIsNamed(_ old: String, _ new: String, _ message: String) throws {
    let text = AblationReport.sample.json.text(.pretty)
    let wrong = text.replacing(old, with: new, maxReplacements: 1)
    #expect(wrong != text)
    let json = try JSONValue.parse(wrong, file: "ablation.json")
    let error = #expect(throws: (any Error).self) {
      try AblationReport(json: json, file: "ablation.json")
    }
    #expect("\(try #require(error))".contains(message), "\(message)")
  }

  @Test func aReportHoldsBoth() {
    let both = RunReport(comparison: .sample, ablation: .sample)
    #expect(both.html().contains("<h2>Ablation</h2>"))
    #expect(both.html().contains("<h2>Claims</h2>"))
    #expect(both.markdown().contains("## Ablation"))
    #expect(both.terminalText().contains("trained directly"))
    #expect(both.json["ablation"]?["groups"] != nil)
    let alone = RunReport(comparison: nil, ablation: .sample)
    #expect(alone.html() == AblationReport.sample.html())
    #expect(alone.json == AblationReport.sample.json)
    #expect(!RunReport(comparison: .sample, ablation: nil).html().contains("Ablation"))
  }

  @Test func anAblationWithoutRowsRenders() {
    var report = AblationReport.sample
    report.groups = [.init(name: "loss", rows: [])]
    #expect(report.html().contains("<svg"))
    #expect(report.terminalText().contains("trained directly"))
  }
}

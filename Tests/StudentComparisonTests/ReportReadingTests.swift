import Files
import ModelFiles
import StudentComparison
import TestSupport
import Testing

@Suite struct ReportReadingTests {
  @Test func aReportReadsBackAsItWas() throws {
    let text = ComparisonReport.sample.json.text(.pretty)
    let json = try JSONValue.parse(text, file: "report.json")
    #expect(try ComparisonReport(json: json, file: "report.json") == .sample)
  }

  @Test func aStoredReportReads() throws {
    let path = fixture("StudentComparisonTests/Fixtures/report.json")
    #expect(try ComparisonReport.read(path: path) == .sample)
  }

  @Test(arguments: [
    (
      "\"format\": 1", "\"format\": 2",
      "report.json: format 2; expected the format 1; make the report anew with: compare-students run"
    ),
    (
      "\"f1\": 0.682", "\"f1\": 68.2",
      "report.json: students[0].f1 68.2; expected a number from 0 to 1; make the report anew with: "
        + "compare-students run"
    ),
    (
      "\"training\": \"direct\"", "\"training\": \"prompted\"",
      "report.json: students[1].training \"prompted\"; expected one of \"teacher\", \"direct\", "
        + "\"distilled\"; make the report anew with: compare-students run"
    ),
    (
      "2 3 1,0 0 0", "2 3 4",
      "report.json: students[1].sentence_counts \"2 3 4\"; expected three counts a sentence: gold, "
        + "predicted, correct; make the report anew with: compare-students run"
    ),
    (
      "\"cores\": 2", "\"cores\": -2",
      "report.json: run.cores -2; expected a whole number from 0 on; make the report anew with: "
        + "compare-students run"
    ),
    (
      "\"blas_core\"", "\"core\"",
      "report.json: no run.blas_core; expected a string; make the report anew with: "
        + "compare-students run"
    ),
    (
      "18446744073709551615", "x",
      "report.json: run.seeds [1,\"x\"]; expected an array of seeds; make the report anew with: "
        + "compare-students run"
    ),
  ])
  func errorsNameTheField(_ text: String, _ replacement: String, _ message: String) throws {
    var json = ComparisonReport.sample.json.text(.pretty)
    let range = try #require(json.firstRange(of: text))
    json.replaceSubrange(range, with: replacement)
    let error = #expect(throws: DataError.self) {
      try ComparisonReport(
        json: JSONValue.parse(json, file: "report.json"), file: "report.json")
    }
    #expect(error?.description == message)
  }

  @Test func anyOtherDocumentIsRefused() {
    for text in ["null", "[]", "{}", "3"] {
      #expect(throws: DataError.self) {
        try ComparisonReport(json: JSONValue.parse(text, file: "x"), file: "x")
      }
    }
  }
}

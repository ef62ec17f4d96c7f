import Files
import JSON
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
      "\"format\": 2", "\"format\": 1",
      "report.json: format 1; expected the format 2; make the report anew with: compare-students run"
    ),
    (
      "\"training_seconds\": 96", "\"training_seconds\": -96",
      "report.json: students[0].seeds[0].training_seconds -96.0; expected a number from 0 on, or null; "
        + "make the report anew with: compare-students run"
    ),
    (
      "\"training\": \"direct\"", "\"training\": \"prompted\"",
      "report.json: students[1].training \"prompted\"; expected one of \"teacher\", \"direct\", "
        + "\"distilled\"; make the report anew with: compare-students run"
    ),
    (
      "\"sentence_counts\": \"25 25", "\"sentence_counts\": \"25 2",
      "report.json: students[0].seeds[0].sentence_counts \"25 2 20,25 25 14,25 25 20,25 25 14,25 25 "
        + "20,25 25 14,25 25 ...; expected three counts a sentence: gold, predicted, correct; make the "
        + "report anew with: compare-students run"
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
    (
      "\"boundary\": ", "\"boundary\": -",
      "report.json: students[0].details.outcomes.boundary -35; expected a whole number from 0 on; make "
        + "the report anew with: compare-students run"
    ),
    (
      "\"mean_confidence\": 0.31", "\"mean_confidence\": 1.31",
      "report.json: students[6].details.calibration.bins[0].mean_confidence 1.31; expected a number from "
        + "0 to 1; make the report anew with: compare-students run"
    ),
    (
      "\"student\": [\n          [", "\"student\": [\n          [], [",
      "report.json: examples.sentences[0].student [[],[\"PER\",0,2],[\"LOC\",4,5]]; expected entities "
        + "[type, first word, word after it] in their order, or a label; make the report anew with: "
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

  @Test func theSeedsOfAStudentHaveTheSameSentences() throws {
    var json = ComparisonReport.sample.json.text(.pretty)
    let range = try #require(json.ranges(of: "\"sentence_counts\": \"").last)
    json.replaceSubrange(range, with: "\"sentence_counts\": \"1 1 1,")
    let error = #expect(throws: DataError.self) {
      try ComparisonReport(json: JSONValue.parse(json, file: "x"), file: "x")
    }
    let message = try #require(error?.description)
    #expect(message.hasPrefix("x: students[7].seeds "))
    #expect(message.contains("expected counts of the same sentences with every seed"))
  }

  @Test func anyOtherDocumentIsRefused() {
    for text in ["null", "[]", "{}", "3"] {
      #expect(throws: DataError.self) {
        try ComparisonReport(json: JSONValue.parse(text, file: "x"), file: "x")
      }
    }
  }
}

import StudentComparison
import Testing

@Suite struct TradeOffPlotTests {
  private struct Label {
    let text: String
    let x: Double
    let y: Double
    let isLeftOfX: Bool
    let isCentered: Bool

    /// The columns of pixels that the text fills at least, six a character.
    var columns: ClosedRange<Double> {
      let width = 6 * Double(text.count)
      let left = isCentered ? x - width / 2 : isLeftOfX ? x - width : x
      return left...left + width
    }
  }

  /// The labels of the points in the plot of latency, the page's first, read out of the page.
  private func labels(in html: String) throws -> [Label] {
    let plot = try #require(html.firstRange(of: "</svg>")).lowerBound
    return try html[..<plot].split(separator: "\n").filter { $0.hasPrefix("<text class=\"label\"") }
      .map { line in
        let parts = line.split(separator: "\"").map(String.init)
        let text = try #require(line.split(separator: ">")[1].split(separator: "<").first)
        return Label(
          text: String(text), x: try #require(Double(parts[3])), y: try #require(Double(parts[5])),
          isLeftOfX: parts[7] == "end", isCentered: parts[7] == "middle")
      }
  }

  @Test(arguments: [0.0, 0.002, 0.02, 0.1])
  func labelsDoNotCollide(spread: Double) throws {
    var report = ComparisonReport.sample
    report.students = (0..<12).map { index in
      let f1 = 0.6 + spread * Double(index * 5 % 12) / 12
      var copy = StudentResult(
        name: "bert-student-\(index)", training: .direct,
        seeds: [ComparisonReport.seed(1, f1: f1, training: nil)], parameters: 1,
        parametersWithoutEmbeddings: 1, fileBytes: 1)
      copy.latencyP50Milliseconds = 4 + spread * Double(index * 7 % 12)
      return copy
    }
    report.students.append(ComparisonReport.sample.students[6])
    let labels = try labels(in: report.html())
    try #require(labels.count == 13)
    for (index, label) in labels.enumerated() {
      #expect(label.columns.lowerBound >= 52 && label.columns.upperBound <= 744, "\(label)")
      for other in labels[..<index] {
        #expect(
          abs(label.y - other.y) >= 13 || !label.columns.overlaps(other.columns),
          "\(label) and \(other)")
      }
    }
  }

  @Test(arguments: [1, 40, 300])
  func everyPointLiesInThePlot(count: Int) throws {
    var report = ComparisonReport.sample
    let student = report.students[1]
    report.students = (0..<count).map { index in
      var copy = student
      copy.latencyP50Milliseconds = 4 + 0.001 * Double(index)
      return copy
    }
    let html = report.html()
    let markers = html.split(separator: "\n").filter { $0.hasPrefix("<path class=\"marker direct") }
    // Two plots, each with its legend.
    #expect(markers.count == 2 * (count + 1))
    for marker in markers {
      let place = try #require(marker.split(separator: " d=\"M").last?.split(separator: " ").first)
      #expect((47...744).contains(try #require(Double(place))), "\(marker)")
    }
  }

  @Test func ofManyModelsThoseOnTheFrontAreNamed() throws {
    var report = ComparisonReport.sample
    let (teacher, student) = (report.students[0], report.students[1])
    report.students =
      [teacher]
      + (0..<30).map { index in
        var copy = student
        copy.name = "student-\(index)"
        copy.latencyP50Milliseconds = 1 + Double(index)
        return copy
      }
    #expect(try labels(in: report.html()).map(\.text) == ["teacher", "student-0"])
  }

  @Test func modelsWithoutLatencyAreLeftOut() throws {
    let names = try labels(in: ComparisonReport.sample.html()).map(\.text)
    #expect(names.count == ComparisonReport.sample.students.count - 1)
    #expect(!names.contains { $0.contains("odd") })
  }
}

import JSON
import StudentComparison
import TestSupport
import Testing

@Suite struct MeasurementTests {
  private func measurement(_ figure: Double, memory: Int) -> Measurement {
    Measurement(
      wordsPerSecond: figure, wordsPerSecondOnAllThreads: 2 * figure,
      latencyP50Milliseconds: 1 / figure, latencyP95Milliseconds: 3 / figure,
      peakMemoryBytes: memory)
  }

  @Test func roundsGiveTheirMedianAndTheMostMemory() {
    let odd = Measurement.median(of: [3, 1, 2].map { measurement($0, memory: Int($0)) })
    #expect(odd == measurement(2, memory: 3))
    let even = Measurement.median(of: [4, 1, 2, 8].map { measurement($0, memory: 5) })
    #expect(even.wordsPerSecond == 3 && even.wordsPerSecondOnAllThreads == 6)
    #expect(even.latencyP50Milliseconds == 0.375)
  }

  @Test func figuresReadBackAsTheyWere() throws {
    try withScratchFolder { folder in
      let taken = measurement(1234.5, memory: 99)
      try put(Array(taken.json.text().utf8), at: "\(folder)/m.json")
      #expect(try Measurement(path: "\(folder)/m.json") == taken)
    }
  }
}

import TerminalUI
import Testing

@Suite struct NumberFormattingTests {
  @Test(arguments: [
    (0.0, 2, "0.00"), (1.0, 0, "1"), (2.675, 2, "2.67"), (0.125, 2, "0.12"), (0.375, 2, "0.38"),
    (9.995, 1, "10.0"), (-1.05, 1, "-1.1"), (-0.001, 2, "0.00"), (-0.006, 2, "-0.01"),
    (86.66666, 2, "86.67"), (123_456_789.5, 1, "123456789.5"), (1e21, 0, "1000000000000000000000"),
    (.nan, 2, "nan"), (.infinity, 2, "inf"), (-.infinity, 2, "-inf"), (0.5, -3, "0"),
  ])
  func decimals(_ value: Double, _ decimals: Int, _ expected: String) {
    #expect(format(value, decimals: decimals) == expected)
  }

  @Test func largestNumberHasAllItsDigits() {
    let text = format(.greatestFiniteMagnitude, decimals: 2)
    #expect(text.count == 312)
    #expect(Double(text) == .greatestFiniteMagnitude)
  }

  @Test func everyRoundingIsTheNearest() throws {
    for step in -5000...5000 {
      let value = Double(step) / 997
      let text = format(value, decimals: 3)
      #expect(abs(try #require(Double(text)) - value) <= 0.0005 + 1e-12, "\(value)")
    }
  }

  @Test(arguments: [
    (0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1000, "-1,000"),
    (-999, "-999"), (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func counts(_ count: Int, _ expected: String) {
    #expect(formatCount(count) == expected)
  }

  @Test(arguments: [
    (0.0, "0.00 s"), (0.254, "0.25 s"), (9.994, "9.99 s"), (9.996, "10.0 s"), (59.94, "59.9 s"),
    (59.96, "1 min 00 s"), (185.0, "3 min 05 s"), (3599.4, "59 min 59 s"), (3599.6, "1 h 00 min"),
    (7630.0, "2 h 07 min"), (86_399.0, "1 d 00 h"), (349_200.0, "4 d 01 h"), (-3.0, "0.00 s"),
    (.infinity, "unknown"), (.nan, "unknown"),
  ])
  func durations(_ seconds: Double, _ expected: String) {
    #expect(formatDuration(seconds) == expected)
  }

  @Test(arguments: [
    (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (4096, "4.1 kB"), (999_949, "999.9 kB"),
    (999_950, "1.0 MB"), (86_700_000, "86.7 MB"), (2_147_483_648, "2.1 GB"), (Int.max, "9.2 EB"),
    (-2000, "-2.0 kB"),
  ])
  func bytes(_ count: Int, _ expected: String) {
    #expect(formatBytes(count) == expected)
  }
}

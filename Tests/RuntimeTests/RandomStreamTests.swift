import Runtime
import Testing

@Suite struct RandomStreamTests {
  /// Golden numbers by Tests/References/random_stream.py: same seed, same numbers, for ever.
  @Test func theNumbersAreThoseOfTheReference() {
    func three(_ seed: UInt64, _ purpose: RandomStream.Purpose, _ index: UInt64) -> [UInt64] {
      var stream = RandomStream(seed: seed, purpose: purpose, index: index)
      return (0..<3).map { _ in stream.next() }
    }
    #expect(
      three(0, .initialization, 0)
        == [0x5fb5_e142_a1cd_4b10, 0x5b5b_3513_f227_aab3, 0x5c54_cdff_9c89_7dc3])
    #expect(
      three(1, .shuffling, 0)
        == [0xe88d_8c3a_57a1_73c1, 0xda4f_789f_8b82_f33e, 0xccf8_1e96_7b81_2179])
    #expect(
      three(1, .shuffling, 1)
        == [0x7882_0f48_70e1_1835, 0xe5de_91cc_44ac_b6b2, 0x0fda_16bd_0e64_d880])
    #expect(
      three(.max, .augmentation, 123_456_789)
        == [0x1b3b_eea7_df15_eb35, 0x8788_a01f_3def_f5dc, 0xe1c4_8bbe_6b64_554f])
  }

  @Test func integersShufflesAndFractionsAreThoseOfTheReference() {
    var stream = RandomStream(seed: 42, purpose: .testing)
    #expect(
      (0..<12).map { _ in stream.integer(below: 10) } == [8, 3, 2, 4, 9, 0, 8, 2, 3, 5, 6, 1])
    // A bound just above a power of two, for which every fourth draw is rejected.
    #expect(
      (0..<2).map { _ in stream.integer(below: 1 << 62 + 1) }
        == [2_391_078_096_134_135_144, 4_185_998_953_607_031_851])
    var items = Array(0..<10)
    stream.shuffle(&items)
    #expect(items == [1, 8, 4, 9, 7, 5, 3, 0, 2, 6])
    #expect(
      (0..<2).map { _ in stream.uniform() } == [0.14871406873566384, 0.9614774511730003])
  }

  @Test func fractionsAreUniform() {
    var stream = RandomStream(seed: 1, purpose: .testing)
    let fractions = (0..<100_000).map { _ in stream.uniform() }
    #expect(fractions.allSatisfy { $0 >= 0 && $0 < 1 })
    // The 99.9 % quantile of chi-square with 99 degrees of freedom.
    #expect(chiSquare(fractions.map { Int($0 * 100) }, cells: 100) < 148.2)
  }

  @Test func integersAreUniform() {
    var stream = RandomStream(seed: 2, purpose: .testing)
    #expect(chiSquare((0..<70_000).map { _ in stream.integer(below: 7) }, cells: 7) < 22.5)
    #expect((0..<100).allSatisfy { _ in stream.integer(below: 1) == 0 })
    #expect((0..<100).allSatisfy { _ in stream.integer(below: .max) >= 0 })
  }

  @Test func streamsOfNeighbouringIndicesAreIndependent() {
    let pairs = (0..<50_000).map { index -> Int in
      var first = RandomStream(seed: 3, purpose: .testing, index: UInt64(index))
      var second = RandomStream(seed: 3, purpose: .testing, index: UInt64(index + 1))
      return 10 * first.integer(below: 10) + second.integer(below: 10)
    }
    #expect(chiSquare(pairs, cells: 100) < 148.2)
  }

  @Test func everyOrderIsAsLikely() {
    var stream = RandomStream(seed: 4, purpose: .testing)
    let orders = (0..<24_000).map { _ -> Int in
      var items = [0, 1, 2, 3]
      stream.shuffle(&items)
      // The order's number in the factorial system.
      return items.indices.reduce(0) { number, place in
        let smaller = items[(place + 1)...].count { $0 < items[place] }
        return number * (4 - place) + smaller
      }
    }
    // The 99.9 % quantile for 23 degrees of freedom.
    #expect(chiSquare(orders, cells: 24) < 49.8)
  }

  @Test func normalNumbersHaveTheirMoments() {
    var stream = RandomStream(seed: 5, purpose: .testing)
    let numbers = (0..<100_000).map { _ in stream.normal() }
    func mean(_ value: (Double) -> Double) -> Double {
      numbers.reduce(0) { $0 + value($1) } / Double(numbers.count)
    }
    #expect(abs(mean { $0 }) < 0.015)
    #expect(abs(mean { $0 * $0 } - 1) < 0.02)
    #expect(abs(mean { $0 * $0 * $0 }) < 0.05)
    #expect(abs(mean { $0 * $0 * $0 * $0 } - 3) < 0.15)
    #expect(abs(mean { abs($0) < 1 ? 1 : 0 } - 0.6827) < 0.007)
  }

  @Test func shufflingNothingDrawsNothing() {
    var (stream, other) = (
      RandomStream(seed: 6, purpose: .testing), RandomStream(seed: 6, purpose: .testing)
    )
    var (none, one): ([Int], [Int]) = ([], [7])
    stream.shuffle(&none)
    stream.shuffle(&one)
    #expect(none.isEmpty && one == [7])
    #expect(stream.next() == other.next())
  }

  private func chiSquare(_ draws: [Int], cells: Int) -> Double {
    var counts = [Double](repeating: 0, count: cells)
    for draw in draws { counts[draw] += 1 }
    let expected = Double(draws.count) / Double(cells)
    return counts.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected }
  }
}

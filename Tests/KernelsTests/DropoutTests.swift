import Kernels
import TestSupport
import Testing

@Suite struct DropoutTests {
  @Test(arguments: [Float(0.1), 0.25, 0.5, 0.9]) func theRateIsTheProbability(_ p: Float) {
    let count = 200_000
    let kept = dropped([Float](repeating: 1, count: count), p, key: 12).filter { $0 != 0 }
    // Five standard deviations of the binomial distribution.
    let deviation = (Double(p * (1 - p)) * Double(count)).squareRoot()
    #expect(abs(Double(count - kept.count) - Double(p) * Double(count)) < 5 * deviation)
    #expect(kept.allSatisfy { $0 == 1 / (1 - p) })
  }

  @Test func neighboursFallIndependently() {
    let mask = dropped([Float](repeating: 1, count: 100_000), 0.5, key: 77).map { $0 == 0 }
    for lag in [1, 2, 16, 64, 768] {
      let equal = zip(mask, mask.dropFirst(lag)).count { $0 == $1 }
      let pairs = Double(mask.count - lag)
      #expect(abs(Double(equal) - pairs / 2) < 5 * pairs.squareRoot() / 2)
    }
  }

  @Test(arguments: oddSizes) func theWayBackHasTheSameMask(_ count: Int) {
    let x = list(count, 1).map { $0 == 0 ? 1 : $0 }
    let forward = dropped(x, 0.3, key: 5)
    let backward = dropped([Float](repeating: 1, count: count), 0.3, key: 5)
    #expect(forward == zip(x, backward).map { $0 * $1 })
    // An element's fate does not depend on how many there are.
    #expect(
      dropped([Float](repeating: 1, count: count + 40), 0.3, key: 5).prefix(count) == backward[...])
  }

  @Test func keysGiveOtherMasks() {
    let ones = [Float](repeating: 1, count: 1000)
    let masks = [1, 2, 1 << 32, 1 << 63, 0].map { dropped(ones, 0.5, key: $0).map { $0 == 0 } }
    for (n, mask) in masks.enumerated() {
      for other in masks.dropFirst(n + 1) {
        let equal = zip(mask, other).count { $0 == $1 }
        #expect(abs(equal - 500) < 80)
      }
    }
  }

  @Test func aRateOfZeroLeavesEverything() {
    let x = list(100, 1)
    #expect(dropped(x, 0, key: 5) == x)
  }

  @Test func everyPlaceOfARunHasItsOwnKey() {
    var keys = Set<UInt64>()
    for seed in [UInt64(0), 1, 2] {
      for step in [0, 1, 2, 1 << 20] {
        for shard in 0..<4 {
          for place in 0..<40 {
            keys.insert(dropoutKey(seed: seed, step: step, shard: shard, place: place))
          }
        }
      }
    }
    #expect(keys.count == 3 * 4 * 4 * 40)
  }

  private func dropped(_ x: [Float], _ p: Float, key: UInt64) -> [Float] {
    let memory = buffer(x)
    dropout(Matrix(memory.base, rows: 1, columns: x.count), probability: p, key: key)
    return memory.values
  }
}

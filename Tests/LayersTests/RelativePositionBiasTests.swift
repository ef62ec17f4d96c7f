import JSON
import Layers
import TestSupport
import Testing

/// The buckets of distances against transformers' MPNet (Tests/References/layers.py).
@Suite struct RelativePositionBiasTests {
  @Test func bucketsEqualTransformers() throws {
    let json = try JSONValue.read(path: fixture("LayersTests/Fixtures/relative_position.json"))
    let expected = try #require(json.array).map { $0.int }
    let reach = expected.count / 2
    #expect(reach == 600)
    #expect((-reach...reach).map { RelativePositionBias.bucket($0) } == expected)
  }

  @Test func everyDistanceHasABucket() {
    let buckets = Set(
      [Int.min, -10_000, 10_000, Int(Int32.max)].map(RelativePositionBias.bucket))
    #expect(buckets == [15, 31])
  }
}

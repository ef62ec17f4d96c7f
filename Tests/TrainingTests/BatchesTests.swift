import Testing
import Training

@Suite struct BatchesTests {
  @Test func batchesAreThoseOfTheReference() throws {
    for this in try TrainingReference().cases("batches") {
      let batches = Batches.ofEpoch(
        costs: try this.integers("costs"), batchSize: try this.integer("batch_size"),
        window: try this.integer("window"), seed: UInt64(try this.integer("seed")),
        epoch: try this.integer("epoch"))
      #expect(batches == (try this.lists("batches")))
    }
  }

  @Test(arguments: [0, 1, 31, 32, 33, 1000]) func everyExampleStandsInOneBatch(_ count: Int) {
    let costs = (0..<count).map { ($0 * 7919) % 61 }
    let batches = Batches.ofEpoch(costs: costs, batchSize: 8, window: 4, seed: 3, epoch: 1)
    #expect(batches.joined().sorted() == Array(0..<count))
    #expect(batches.count == (count + 7) / 8)
    #expect(batches.count { $0.count < 8 } <= 1)
    #expect(batches.allSatisfy { !$0.isEmpty })
    for batch in batches {
      #expect(batch.map { costs[$0] } == batch.map { costs[$0] }.sorted())
    }
  }

  @Test func epochsAndSeedsGiveOtherBatches() {
    let costs = (0..<200).map { $0 % 13 }
    func batches(_ seed: UInt64, _ epoch: Int) -> [[Int]] {
      Batches.ofEpoch(costs: costs, batchSize: 4, window: 3, seed: seed, epoch: epoch)
    }
    #expect(batches(1, 1) == batches(1, 1))
    #expect(Set([batches(1, 1), batches(1, 2), batches(2, 1), batches(2, 2)]).count == 4)
  }

  @Test func sentencesOfABatchAreAlike() {
    let costs = (0..<1024).map { ($0 * 7919) % 101 }
    let batches = Batches.ofEpoch(costs: costs, batchSize: 16, seed: 1, epoch: 1)
    let spans = batches.map { batch in
      (batch.map { costs[$0] }.max() ?? 0) - (batch.map { costs[$0] }.min() ?? 0)
    }
    #expect((spans.max() ?? 0) <= 8)
  }

  /// A batch of ordinary sentences is one part; of long ones as many as fit are read at a time.
  @Test func aBatchIsCutWhereItIsTooLarge() {
    let costs = [30, 30, 40, 500, 700, 3000, 20, 980]
    func parts(_ batch: [Int]) -> [[Int]] {
      Batches.parts(of: batch, costs: costs, costingAtMost: 1000)
    }
    #expect(parts([0, 1, 2, 3]) == [[0, 1, 2, 3]])
    #expect(parts([6, 7]) == [[6, 7]])
    #expect(parts([3, 4, 0, 5, 6, 7]) == [[3], [4, 0], [5], [6, 7]])
    #expect(parts([]) == [])
  }

  @Test func dealingSpreadsTheCost() {
    let costs = [9, 1, 7, 3, 5, 5, 2, 8]
    let hands = Batches.deal(Array(costs.indices), costs: costs, shards: 3)
    #expect(hands == [[0, 3, 6], [7, 5], [2, 4, 1]])
    #expect(hands.map { $0.reduce(0) { $0 + costs[$1] } } == [14, 13, 13])
  }

  @Test func fewExamplesLeaveShardsEmpty() {
    #expect(Batches.deal([1, 0], costs: [4, 4], shards: 4) == [[0], [1], [], []])
    #expect(Batches.deal([], costs: [], shards: 2) == [[], []])
  }
}

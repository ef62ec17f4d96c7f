import Runtime
import Synchronization
import Testing

@Suite struct WorkersTests {
  @Test(arguments: [1, 2, 3, 8], [0, 1, 2, 7, 1000])
  func resultsStandInTheOrderOfTheNumbers(threads: Int, pieces: Int) {
    let workers = Workers(threads)
    #expect(workers.count == threads)
    #expect(workers.map(pieces) { "piece \($0)" } == (0..<pieces).map { "piece \($0)" })
  }

  @Test(arguments: [1, 3]) func everyPieceIsDoneOnce(threads: Int) {
    let counts = Mutex([Int](repeating: 0, count: 500))
    Workers(threads).run(500) { piece in counts.withLock { $0[piece] += 1 } }
    #expect(counts.withLock { $0 } == [Int](repeating: 1, count: 500))
  }

  @Test(arguments: [0, 1, 9, 10, 11, 100], [1, 10, 1000])
  func rangesCoverEverything(count: Int, grain: Int) {
    let ranges = Mutex<[Range<Int>]>([])
    Workers(2).runRanges(count, grain: grain) { range in ranges.withLock { $0.append(range) } }
    let sorted = ranges.withLock { $0 }.sorted { $0.lowerBound < $1.lowerBound }
    #expect(sorted.flatMap { Array($0) } == Array(0..<count))
    #expect(sorted.allSatisfy { !$0.isEmpty && $0.count <= grain })
  }

  @Test func thereIsAlwaysOneThread() {
    #expect(Workers(0).count == 1)
    #expect(Workers(-3).count == 1)
    #expect(Workers().count == Workers.available)
    #expect(Workers.available >= 1)
  }
}

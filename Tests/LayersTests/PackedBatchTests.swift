import Layers
import Testing

@Suite struct PackedBatchTests {
  @Test func sortsByLengthAndShrinksAsSentencesEnd() {
    let batch = PackedBatch(lengths: [2, 4, 1])
    #expect(batch.order == [1, 0, 2])
    #expect(batch.rank == [1, 0, 2])
    #expect(batch.batchSizes == [3, 2, 1, 1])
    #expect(batch.offsets == [0, 3, 5, 6, 7])
    #expect(batch.rowCount == 7)
    #expect(batch.rowsInSentenceOrder == [1, 4, 0, 3, 5, 6, 2])
    #expect(batch.row(sentence: 1, word: 3) == 6)
  }

  @Test func equalLengthsKeepTheirOrder() {
    #expect(PackedBatch(lengths: [3, 5, 3, 5]).order == [1, 3, 0, 2])
  }

  @Test func takesEmptySentencesAndEmptyBatches() {
    let batch = PackedBatch(lengths: [0, 2, 0])
    #expect(batch.batchSizes == [1, 1])
    #expect(batch.rowsInSentenceOrder == [0, 1])
    #expect(PackedBatch(lengths: []).rowCount == 0)
    #expect(PackedBatch(lengths: [0]).longest == 0)
  }
}

import StudentComparison
import Testing

@Suite struct StudentChoiceTests {
  @Test(arguments: [
    ("bert-first-3", "bert-first-3"), ("bert-alternate-2", "bert-alternate-2"),
    ("bert-last-1", "bert-last-1"), ("bert-random-4", "bert-random-4"), ("bilstm", "bilstm"),
    ("bilstm+aug", "bilstm+aug"),
  ])
  func namesAreReadAndWritten(_ name: String, _ written: String) throws {
    #expect(try #require(StudentKind(name)).description == written)
  }

  @Test(arguments: [
    "", "bert", "bert-first", "bert-first-0", "bert-first-x", "bert-middle-3", "BiLSTM",
  ])
  func otherNamesAreNot(_ name: String) {
    #expect(StudentKind(name) == nil)
    #expect(StudentChoice.list(name) == nil)
  }

  @Test func aNameAloneStandsForBothTrainings() {
    let names = StudentChoice.list("bilstm,bert-first-2:direct,bilstm:direct")?.map(\.description)
    #expect(names == ["bilstm-direct", "bilstm-distilled", "bert-first-2-direct"])
    #expect(StudentChoice.list("bilstm:taught") == nil)
  }

  @Test func theDefaultListIsWellFormed() {
    #expect(StudentChoice.list(StudentChoice.defaultList)?.count == 8)
  }
}

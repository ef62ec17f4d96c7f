import StudentComparison
import Testing

@Suite struct StudentChoiceTests {
  @Test(arguments: [
    ("bert-first-3", "bert-first-3"), ("bert-alternate-2", "bert-alternate-2"),
    ("bert-last-1", "bert-last-1"), ("bert-random-4", "bert-random-4"), ("bilstm", "bilstm"),
    ("bilstm+aug", "bilstm+aug"), ("bert-layers=0,3,5", "bert-layers=0,3,5"),
    ("bert-random-3-256-8", "bert-random-3-256-8"), ("bert-random-3-128-4", "bert-random-3"),
    ("bert-small=models/a-3", "bert-small=models/a-3"),
  ])
  func namesAreReadAndWritten(_ name: String, _ written: String) throws {
    #expect(try #require(StudentKind(name)).description == written)
  }

  @Test(arguments: [
    "", "bert", "bert-first", "bert-first-0", "bert-first-x", "bert-middle-3", "BiLSTM",
    "bert-small=", "bert-small", "bert-layers=", "bert-layers=3,0", "bert-layers=1,1",
    "bert-random-3-256", "bert-random-3-250-8", "bert-random-3-0-1", "bert-random-3-256-0",
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

  @Test func severalDepthsStandInOneList() {
    let names = StudentChoice.list("bert-first-2,bert-first-3:distilled")?.map(\.description)
    #expect(names == ["bert-first-2-direct", "bert-first-2-distilled", "bert-first-3-distilled"])
  }

  @Test func theNumbersOfLayersBelongTogether() {
    let names = StudentChoice.list("bert-layers=0,3,5:distilled,bert-layers=1,bilstm:direct")?
      .map(\.description)
    #expect(
      names == [
        "bert-layers=0,3,5-distilled", "bert-layers=1-direct", "bert-layers=1-distilled",
        "bilstm-direct",
      ])
    #expect(StudentChoice.list("bilstm,3,5") == nil)
  }

  @Test func aDirectoryMayHoldAColon() {
    let choices = StudentChoice.list("bert-small=C:/m:direct,bert-small=a:b")
    #expect(
      choices?.map(\.kind.description)
        == ["bert-small=C:/m", "bert-small=a:b", "bert-small=a:b"])
    #expect(choices?.map(\.isDistilled) == [false, false, true])
  }

  @Test func theDefaultListIsWellFormed() {
    #expect(StudentChoice.list(StudentChoice.defaultList)?.count == 10)
  }
}

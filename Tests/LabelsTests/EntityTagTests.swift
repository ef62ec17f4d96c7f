import Labels
import Testing

@Suite struct EntityTagTests {
  @Test(arguments: [
    ("O", EntityTag.Mark.outside, ""), ("B-PER", .begin, "PER"), ("I-A-B", .inside, "A-B"),
    ("E-1", .end, "1"), ("S-PER", .single, "PER"), ("L-x", .last, "x"), ("U-PER", .unit, "PER"),
    ("M-PER", .middle, "PER"), ("B--", .begin, "-"), ("I-\u{301}", .inside, "\u{301}"),
    ("B-\u{6771}\u{4EAC}", .begin, "\u{6771}\u{4EAC}"),
  ])
  func readsMarkAndType(_ text: String, _ mark: EntityTag.Mark, _ type: String) throws {
    let tag = try #require(EntityTag(text))
    #expect(tag.mark == mark)
    #expect(Array(tag.type.utf8) == Array(type.utf8))
  }

  @Test(arguments: [
    "", "B", "I", "B-", "O-PER", "OO", "PER", "B_PER", "PER-B", "b-PER", "X-PER", "LABEL_0", "-",
    "BPER", " B-PER", ".", "B\u{2010}PER", "\u{301}-X",
  ])
  func otherTextIsNoTag(_ text: String) {
    #expect(EntityTag(text) == nil)
  }

  @Test func tagsAreToldApartByTheirBytes() {
    #expect(EntityTag("B-Caf\u{E9}") != EntityTag("B-Cafe\u{301}"))
    #expect(EntityTag("B-X") == EntityTag("B-X"))
    #expect(EntityTag("B-X") != EntityTag("I-X"))
  }
}

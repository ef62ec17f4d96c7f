import TerminalUI
import Testing

@Suite struct TextTableTests {
  @Test func columnsAlign() {
    var table = TextTable(columns: [.left("name"), .right("F1"), .right("size")])
    table.add(row: ["teacher", "86.70", "90,261,504"])
    table.add(row: ["a", "9.00"])
    table.addRule()
    table.add(row: ["", "", "1", "left out"])
    #expect(
      table.rendered() == """
        name        F1        size
        -------  -----  ----------
        teacher  86.70  90,261,504
        a         9.00
        -------  -----  ----------
                                 1

        """)
  }

  @Test func wideCharactersFillTwoColumns() {
    var table = TextTable(columns: [.left("word"), .left("tag")])
    table.add(row: ["東京", "LOC"])
    table.add(row: ["Zoe\u{308}", "PER"])
    table.add(row: ["🇰🇪 👩‍🚀", "MISC"])
    #expect(
      table.lines() == [
        "word   tag", "-----  ----", "東京   LOC", "Zoë    PER", "🇰🇪 👩‍🚀  MISC",
      ])
  }

  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("漢字", 4), ("한국", 4), ("ｶ", 1), ("Ａ", 2),
    ("😀", 2), ("a\u{200B}b", 2), ("\t", 0), ("☀\u{FE0F}", 2), ("…", 1), ("🇰🇪", 2),
  ])
  func widths(_ text: String, _ width: Int) {
    #expect(displayWidth(text) == width)
  }

  @Test func onlyTheHeadingIsPainted() {
    var table = TextTable(columns: [.left("a")])
    table.add(row: ["1"])
    #expect(
      table.lines(color: ColorPolicy(isEnabled: true)) == ["\u{1B}[1ma\u{1B}[0m", "-", "1"])
  }

  @Test func cellsOfFilesAreOneLineAndBounded() {
    var table = TextTable(columns: [.left("ty\u{1B}pe"), .right("F1")])
    table.add(row: ["a\u{1B}[2J\nb", String(repeating: "9\u{301}", count: 1_000_000)])
    let text = table.rendered()
    let controls = Set(text.unicodeScalars.filter(\.isControlling))
    #expect(controls == ["\n"])
    #expect(text.contains("a\\u001B[2J\\nb"))
    #expect(table.lines().count == 3 && text.utf8.count < 5000)
  }
}

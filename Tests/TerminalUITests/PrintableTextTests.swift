import TerminalUI
import Testing

@Suite struct PrintableTextTests {
  @Test func writesOutWhatATerminalObeys() {
    #expect(printable("\u{1B}[31mred\u{7}") == "\\u001B[31mred\\u0007")
    #expect(printable("a\nb\tc\r\u{0}") == "a\\nb\\tc\\r\\u0000")
    #expect(printable("\r\n") == "\\r\\n")
    #expect(printable("\u{9B}31m\u{85}") == "\\u009B31m\\u0085")
    #expect(printable("a\u{202E}b\u{2066}c\u{2028}") == "a\\u202Eb\\u2066c\\u2028")
  }

  /// A control character may stand in one Character with the mark behind it.
  @Test func marksHideNothing() {
    #expect(printable("\u{1B}\u{301}[2J") == "\\u001B\u{301}[2J")
    #expect(printable("x\u{2029}\u{301}") == "x\\u2029\u{301}")
  }

  @Test func keepsLinesOnDemand() {
    #expect(printable("a\n\tb\r\u{1B}", keepsLines: true) == "a\n\tb\\r\\u001B")
  }

  @Test func leavesEverythingElse() {
    let texts = [
      "", "plain ASCII ~", "Zürich", "東京", "שלום", "e\u{301}", "\u{200F}", "€ „“ …", "👩‍👧",
    ]
    for text in texts {
      #expect(printable(text).unicodeScalars.elementsEqual(text.unicodeScalars))
    }
  }

  @Test func noScalarOfTheKindIsLeft() {
    for value in UInt32(0)...0x3000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let shown = printable("x\(scalar)y")
      let controls = shown.unicodeScalars.filter(\.isControlling)
      #expect(controls.isEmpty)
      #expect(scalar.isControlling != (shown == "x\(scalar)y"))
      #expect(printable(shown) == shown)
    }
  }
}

@Suite struct MarkdownTextTests {
  @Test func nothingIsTakenForMarkup() {
    #expect(
      markdownEscaped("a|b`c`<d>[e](f)*g*_h_~i~#j&lt;") == """
        a\\|b\\`c\\`\\<d>\\[e\\](f)\\*g\\*\\_h\\_\\~i\\~\\#j\\&lt;
        """)
    #expect(markdownEscaped("a\n# b\u{1B}") == "a\\\\n\\# b\\\\u001B")
  }
}

import TerminalUI
import Testing

@Suite struct ColorPolicyTests {
  @Test(
    arguments: [
      (true, nil, "xterm", true), (true, "", "xterm", true), (true, "1", "xterm", false),
      (true, nil, "dumb", false), (false, nil, "xterm", false), (true, nil, nil, true),
    ] as [(Bool, String?, String?, Bool)])
  func rules(_ isTerminal: Bool, _ noColor: String?, _ term: String?, _ expected: Bool) {
    let policy = ColorPolicy(isTerminal: isTerminal, noColor: noColor, term: term)
    #expect(policy.isEnabled == expected)
  }

  @Test func paintsOnlyIfEnabled() {
    #expect(ColorPolicy.never.paint("x", .bad) == "x")
    #expect(ColorPolicy(isEnabled: true).paint("x", .bad) == "\u{1B}[31mx\u{1B}[0m")
    #expect(ColorPolicy(isEnabled: true).paint("", .bad).isEmpty)
  }
}

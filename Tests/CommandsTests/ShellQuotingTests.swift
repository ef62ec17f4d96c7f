import Commands
import Teachers
import TestSupport
import Testing

/// A command line that is shown can be typed again.
@Suite struct ShellQuotingTests {
  @Test(arguments: [
    ("train", "train"), ("runs/é-1,2:3=4+5@6%7.conll", "runs/é-1,2:3=4+5@6%7.conll"), ("", "''"),
    ("two words", "'two words'"), ("$HOME", "'$HOME'"), ("~", "'~'"), ("a;b", "'a;b'"),
    ("it's", "'it'\\''s'"), ("'", "''\\'''"), ("back\\slash", "'back\\slash'"),
    ("\u{1B}[31m", "$'\\x1b[31m'"), ("a\nb'c\\d", "$'a\\x0ab\\'c\\\\d'"),
    ("\u{9B}7m", "$'\\xc2\\x9b7m'"), ("\u{202E}", "$'\\xe2\\x80\\xae'"),
  ])
  func quotesWhatAShellWouldChange(word: String, quoted: String) {
    #expect(ShellQuoting.quoted([word]) == quoted)
  }

  @Test func separatesWordsBySpaces() {
    #expect(ShellQuoting.quoted(["train", "--run", "my run"]) == "train --run 'my run'")
    #expect(ShellQuoting.quoted([]) == "")
  }

  @Test func bashReadsEveryCharacterBack() throws {
    let characters = (1...0x2100).compactMap(Unicode.Scalar.init).map { String($0) }
    let words = characters + characters.map { "a\($0)1" } + ["", "-n", "é'\u{1B}\\'"]
    let line = ShellQuoting.quoted(words)
    #expect(!line.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) })
    try withScratchFolder { folder in
      try put(Array("printf '%s\\0' \(line) > \"$1\"\n".utf8), at: "\(folder)/script")
      let outcome = try Program.run(["bash", "\(folder)/script", "\(folder)/words"])
      #expect(outcome?.status == 0, "\(outcome?.lastLines ?? "bash is missing")")
      #expect(try content(of: "\(folder)/words") == words.flatMap { Array($0.utf8) + [0] })
    }
  }
}

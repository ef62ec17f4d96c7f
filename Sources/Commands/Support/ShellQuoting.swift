import TerminalUI

/// Command lines as a user can type them again.
public enum ShellQuoting {
  /// The words of a command line, those in quotes that a shell would take apart or change.
  ///
  /// A word with a control character stands in `$'...'`, which bash, zsh and ksh read, so that the line holds none.
  public static func quoted(_ words: some Sequence<String>) -> String {
    words.map { word in
      if word.unicodeScalars.contains(where: \.isControlling) { return "$'\(escaped(word))'" }
      if isPlain(word) { return word }
      let parts = word.split(separator: "'", omittingEmptySubsequences: false)
      return "'\(parts.joined(separator: "'\\''"))'"
    }.joined(separator: " ")
  }

  private static func isPlain(_ word: String) -> Bool {
    !word.isEmpty
      && word.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || $0.properties.numericType != nil
          || "-_./:,=+@%".unicodeScalars.contains($0)
      }
  }

  /// What stands for a word within `$'...'`: control characters as the bytes of their UTF-8.
  private static func escaped(_ word: String) -> String {
    word.unicodeScalars.map { scalar in
      if scalar.isControlling {
        return String(scalar).utf8.map { byte in
          "\\x\(byte < 16 ? "0" : "")\(String(byte, radix: 16))"
        }.joined()
      }
      return scalar == "'" || scalar == "\\" ? "\\\(scalar)" : String(scalar)
    }.joined()
  }
}

/// Command lines as a user can type them again.
enum ShellQuoting {
  /// The words of a command line, those in single quotes that a shell would take apart or change.
  static func quoted(_ words: [String]) -> String {
    words.map { word in
      let isPlain = word.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || $0.properties.numericType != nil
          || "-_./:,=+@%".unicodeScalars.contains($0)
      }
      if isPlain, !word.isEmpty { return word }
      return "'"
        + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
        + "'"
    }.joined(separator: " ")
  }
}

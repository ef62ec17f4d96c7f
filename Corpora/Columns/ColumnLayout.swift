import Files

/// What each column of a file holds, told by a user, by the file's first line or by the content of its first lines.
///
/// The usual case needs no words: the word first, the tag last, the part of speech second of three or more. Anything else that
/// is certain is read and said; what is not certain is an error with the `--columns` to choose from.
struct ColumnLayout {
  /// Which column holds what.
  let roles: ColumnRoles
  /// A line with so many columns.
  let line: Int
  /// The line of the columns' names, which is no word.
  private(set) var nameLine: Int?
  /// The column that counts the words, in which a range such as `3-4` stands for no word; nil if there is none.
  private(set) var index: Int?
  /// Whether a line of one column is taken whole: the file declares that it has only one.
  private(set) var isWhole = false
  /// Whether the tags are those of a scheme, `O` or `B-TYPE`, so that a line without one can be told from others.
  let hasMarkedTags: Bool
  /// What the columns were taken for, in words for the user; nil in the usual case.
  private(set) var notice: String?

  /// Looks at the first lines of a file.
  ///
  /// - Throws: `DataError` if columns that are named are not there, or for a file that does not say what its columns hold.
  init(_ head: ColumnHead, selection: ColumnSelection?, of file: String) throws {
    line = head.line
    nameLine = head.names?.line
    let named = head.names?.names
    if head.count == 0 {
      roles = ColumnRoles(count: 1)
    } else if let selection = selection ?? named?.selection {
      isWhole = named?.count == 1
      roles = try ColumnRoles(selection, of: head, file: file, count: isWhole ? 1 : head.count)
      if roles.word > 0, head.isIndex(0) { index = 0 }
      if let nameLine { notice = "line \(nameLine) names the columns; read as --columns \(roles)" }
    } else {
      let guess = try ColumnGuess(head, file: file)
      roles = guess.roles
      index = guess.index
      if !guess.reasons.isEmpty {
        notice = "\(guess.reasons.joined(separator: "; ")); read as --columns \(roles)"
      }
    }
    hasMarkedTags = roles.tag.map { $0 < head.count && head.isTags($0) } ?? false
  }
}

/// What columns hold by what is in them.
private struct ColumnGuess {
  private(set) var roles: ColumnRoles
  private(set) var index: Int?
  /// Why they are not the usual ones.
  private(set) var reasons: [String] = []

  private let head: ColumnHead
  private let file: String

  init(_ head: ColumnHead, file: String) throws {
    self.head = head
    self.file = file
    roles = ColumnRoles(count: max(head.count, 1))
    if let separator = head.foreignSeparator { throw foreign(separator) }
    guard head.count >= 2 else { return }
    if head.isIndex(0) {
      index = 0
      roles.word = 1
      reasons.append("column 0 counts the words")
    }
    try findTag()
    if index == nil, head.isNoWord(0) {
      var suggestion = roles
      suggestion.word = 1
      suggestion.partOfSpeech = nil
      throw uncertain(
        "column 0 with \(CorpusLine.quoted(head.values(0).first ?? "")), which is no column of words",
        [suggestion])
    }
    findPartOfSpeech()
  }

  /// Takes the last column for the tags, or the only one that has any.
  private mutating func findTag() throws {
    let last = head.count - 1
    let layers = (0..<head.count).filter(head.hasEntities)
    if layers == [last] { return }
    if layers.isEmpty {
      if last == roles.word + 1, !head.isTags(last), head.isKnownPartsOfSpeech(last) {
        roles.tag = nil
        roles.partOfSpeech = last
        reasons.append("column \(last) holds parts of speech")
      }
      return
    }
    if layers.count == 1, !head.isTags(last), layers[0] > roles.word {
      roles.tag = layers[0]
      reasons.append("column \(layers[0]) holds the entity tags")
      return
    }
    let choices = Set(layers + (head.isTags(last) ? [last] : [])).sorted()
    throw uncertain(
      choices.count == 1
        ? "entity tags in column \(choices[0]), before the words"
        : "entity tags in the columns \(choices.map(String.init).joined(separator: " and "))",
      choices.map { tag in
        var suggestion = roles
        suggestion.word = layers[0] == 0 ? 1 : roles.word
        suggestion.partOfSpeech = nil
        suggestion.tag = tag
        return suggestion
      })
  }

  /// Takes the column after the words for the parts of speech where it may hold some, else the only other one that surely does.
  private mutating func findPartOfSpeech() {
    guard let tag = roles.tag else { return }
    let usual = roles.word + 1
    roles.partOfSpeech = usual < tag ? usual : nil
    guard usual < tag, let reason = head.isNoPartOfSpeech(usual, words: roles.word) else { return }
    let others = ((usual + 1)..<head.count).filter { $0 != tag && head.isKnownPartsOfSpeech($0) }
    roles.partOfSpeech = others.count == 1 ? others[0] : nil
    reasons.append("column \(usual) \(reason) and is no part of speech")
  }

  private func foreign(_ separator: Character) -> DataError {
    DataError(
      file: file, line: 1, found: "columns with \"\(separator)\" between them",
      expected: "a tab or spaces between columns, a word a line, an empty line after each sentence",
      remedy: separator == "|"
        ? #"convert it with: sed 's/$/ /; s/ /\n/g; s/|/\t/g'"#
        : "write the file with tabs, and an empty line after each sentence")
  }

  /// The error for columns of which it is not certain what they hold.
  private func uncertain(_ found: String, _ choices: [ColumnRoles]) -> DataError {
    DataError(
      file: file, line: head.line, found: found,
      expected: "the word first, the tag last and the part of speech second of three columns or "
        + "more",
      remedy: "say which columns hold what with "
        + choices.map { "--columns \($0)" }.joined(separator: " or "))
  }
}

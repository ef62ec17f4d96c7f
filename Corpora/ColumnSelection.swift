import Files

/// Which columns of a corpus hold what, as a user names them: the word, its part of speech and its tag, or the texts and the
/// label of each row.
///
/// The place of a word's column is its number, counted from 0; a negative one counts from the end, so that -1 is the last.
public struct ColumnSelection: Sendable, Equatable, CustomStringConvertible {
  /// The word's column.
  public var word: Int
  /// The part of speech's column; nil if it is not read.
  public var partOfSpeech: Int?
  /// The tag's column; nil if it is not read.
  public var tag: Int?
  /// The columns of texts and their label; nil in a file with a word a line.
  public var texts: TextColumns?

  /// Names the columns of words.
  public init(word: Int = 0, partOfSpeech: Int? = nil, tag: Int? = nil) {
    self.word = word
    self.partOfSpeech = partOfSpeech
    self.tag = tag
  }

  /// Names the columns of texts.
  public init(texts: TextColumns) {
    self.init()
    self.texts = texts
  }

  /// Reads `word=0,pos=1,tag=-1` or `text=sentence,label=0`, in any order.
  ///
  /// Without `word` it is column 0; a part of speech or tag that is not named is not read. `TextColumns` says the same of texts.
  /// Nil for anything else, for example a name given twice.
  public init?(_ text: String) {
    var places: [String: Substring] = [:]
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2, !pair[1].isEmpty,
        places.updateValue(pair[1], forKey: String(pair[0])) == nil
      else { return nil }
    }
    let numbers = places.compactMapValues { Int($0) }
    if numbers.count == places.count, Set(places.keys).isSubset(of: ["word", "pos", "tag"]) {
      self.init(word: numbers["word"] ?? 0, partOfSpeech: numbers["pos"], tag: numbers["tag"])
    } else if let texts = TextColumns(places.mapValues { ColumnPlace(String($0)) }) {
      self.init(texts: texts)
    } else {
      return nil
    }
  }

  /// The selection as it is written on the command line.
  public var description: String {
    if let texts { return texts.description }
    var parts = ["word=\(word)"]
    if let partOfSpeech { parts.append("pos=\(partOfSpeech)") }
    if let tag { parts.append("tag=\(tag)") }
    return parts.joined(separator: ",")
  }
}

/// Which column holds what in lines of so many columns.
struct ColumnRoles: Equatable, CustomStringConvertible {
  let count: Int
  var word: Int
  var partOfSpeech: Int?
  var tag: Int?

  /// The usual places: the word in the first column, the tag in the last of two or more, the part of speech in the second of
  /// three or more.
  init(count: Int) {
    self.count = count
    word = 0
    partOfSpeech = count >= 3 ? 1 : nil
    tag = count >= 2 ? count - 1 : nil
  }

  /// The places that a user named.
  ///
  /// - Throws: `DataError` if there is no such column, or one has two roles.
  init(_ selection: ColumnSelection, of head: ColumnHead, file: String, count: Int) throws {
    func error(expected: String, remedy: String) -> DataError {
      let shown = CorpusLine.quoted(head.firstFields.joined(separator: " "))
      return DataError(
        file: file, line: head.line,
        found: "\(count) \(count == 1 ? "column" : "columns") in \(shown)",
        expected: expected, remedy: remedy)
    }
    func place(_ index: Int) throws -> Int {
      let place = index < 0 ? count + index : index
      guard (0..<count).contains(place) else {
        throw error(
          expected: "a column \(index), as in --columns \(selection)",
          remedy: "columns count from 0, or from the end as -1, -2")
      }
      return place
    }
    self.count = count
    word = try place(selection.word)
    partOfSpeech = try selection.partOfSpeech.map(place)
    tag = try selection.tag.map(place)
    let places = [word] + [partOfSpeech, tag].compactMap(\.self)
    guard Set(places).count == places.count else {
      throw error(
        expected: "a column for each of --columns \(selection)",
        remedy: "name every column at most once")
    }
  }

  /// The places as `--columns` takes them.
  var description: String {
    ColumnSelection(word: word, partOfSpeech: partOfSpeech, tag: tag).description
  }
}

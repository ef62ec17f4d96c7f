import Labels

/// The first lines of a column file, cut into sentences and columns, so that `ColumnLayout` can see what each column holds.
struct ColumnHead {
  /// A line of a word.
  struct Row: Equatable {
    let line: Int
    let fields: [String]
  }

  /// The lines that are looked at, at most; or fewer, if they have more than `maximumBytes`.
  static let maximumLines = 1000
  /// The bytes of the lines that are looked at, about.
  static let maximumBytes = 1 << 20

  /// The rows of each sentence that have `count` columns; the row of names and comments are not among them.
  private(set) var sentences: [[Row]] = []
  /// How many columns most rows have; 0 if there is no row.
  private(set) var count = 0
  /// The first line with so many columns.
  private(set) var line = 0
  /// What the columns are called, and the line that says so.
  private(set) var names: (names: ColumnNames, line: Int)?
  /// What stands before each tag in place of a tab or space, as in comma-separated files; nil in a column file.
  let foreignSeparator: Character?

  /// Looks at lines of the file.
  init(_ lines: some Collection<PeekableLines.Line>, encoding: TextEncoding) {
    foreignSeparator = Self.foreignSeparator(in: lines)
    var columns = ColumnLine()
    var all: [[Row]] = [[]]
    var marked: [Row] = []
    for line in lines {
      let row = line.bytes.withUnsafeBufferPointer { bytes in
        columns.cut(bytes)
        return Row(
          line: line.number,
          fields: columns.fields.map { range in
            let field = UnsafeBufferPointer(rebasing: bytes[range])
            return encoding.decode(field) ?? String(decoding: field, as: UTF8.self)
          })
      }
      let isMarked = line.bytes.first == UInt8(ascii: "#")
      if names == nil, all == [[]] {
        let found = isMarked ? Self.names(of: line.bytes, row) : ColumnNames(row: row.fields)
        if let found {
          names = (found, line.number)
          continue
        }
      }
      let isDocumentStart =
        row.fields.first == ColumnParser.documentStart && line.bytes.first == UInt8(ascii: "-")
      if row.fields.isEmpty || isDocumentStart {
        if all.last?.isEmpty == false { all.append([]) }
      } else if isMarked {
        marked.append(row)
      } else {
        all[all.count - 1].append(row)
      }
    }
    if all == [[]] { all = [marked] }
    setCount(all)
    sentences = all.map { $0.filter { $0.fields.count == count } }.filter { !$0.isEmpty }
  }

  /// Finds a separator after which all lines, but perhaps the first, end in a tag.
  private static func foreignSeparator(
    in lines: some Collection<PeekableLines.Line>
  ) -> Character? {
    let texts = lines.lazy.filter { !$0.bytes.isEmpty }
      .map { String(decoding: $0.bytes, as: UTF8.self) }
    return [",", ";", "|"].first { separator in
      func endsInTag(_ text: String) -> Bool {
        let parts = text.split(separator: separator)
        guard parts.count >= 2, let last = parts.last, !text.contains("\t") else { return false }
        return EntityTag(String(last.filter { $0 != "\"" && $0 != " " })) != nil
      }
      return texts.contains(where: endsInTag) && texts.dropFirst().allSatisfy(endsInTag)
    }
  }

  /// The names that a line gives that begins with `#`.
  private static func names(of line: [UInt8], _ row: Row) -> ColumnNames? {
    if let declared = ColumnNames(declaredBy: line) { return declared }
    var fields = row.fields
    guard let first = fields.first else { return nil }
    fields[0] = String(first.unicodeScalars.dropFirst())
    return ColumnNames(row: fields.filter { !$0.isEmpty })
  }

  /// Finds the count of columns that most rows have; of equally many, the one that came first.
  private mutating func setCount(_ all: [[Row]]) {
    var rows: [Int: (first: Row, number: Int)] = [:]
    for row in all.joined() { rows[row.fields.count, default: (row, 0)].number += 1 }
    let most = rows.values.max {
      ($0.number, $1.first.line) < ($1.number, $0.first.line)
    }
    guard let most else { return }
    count = most.first.fields.count
    line = most.first.line
  }
}

// MARK: What the columns hold

extension ColumnHead {
  /// All rows.
  private var rows: some Sequence<Row> { sentences.joined() }

  /// The fields of the first row.
  var firstFields: [String] { sentences.first?.first?.fields ?? [] }

  /// The fields of one column.
  func values(_ column: Int) -> [String] { rows.map { $0.fields[column] } }

  /// Whether a column counts the words of each sentence, from 0 or 1, or all words of the file.
  ///
  /// Words may be numbers: a column before a last one is no index, nor is one whose neighbour holds one value only. Ranges
  /// such as `3-4` and empty nodes such as `3.1`, which CoNLL-U has, are passed over.
  func isIndex(_ column: Int) -> Bool {
    guard count >= column + 3, Set(values(column + 1)).count >= 2 else { return false }
    var previous: Int?
    var restarts = true
    var runs = sentences.joined().count >= 3
    for sentence in sentences {
      var place: Int?
      for row in sentence where !Self.isRange(row.fields[column]) {
        guard let number = Int(row.fields[column]) else { return false }
        restarts = restarts && (place.map { number == $0 + 1 } ?? (0...1).contains(number))
        runs = runs && previous.map { number == $0 + 1 } != false
        place = number
        previous = number
      }
    }
    return previous != nil && (restarts || runs)
  }

  /// Whether an ID stands for several words or for none.
  static func isRange(_ id: String) -> Bool {
    ["-", "."].contains { separator in
      let parts = id.split(separator: separator, omittingEmptySubsequences: false)
      return parts.count == 2 && parts.allSatisfy { Int($0) != nil }
    }
  }

  /// Whether a column cannot hold words, beside one that changes with each line: numbers, or a value that stays for lines.
  ///
  /// Masked words stay, and words before parts of speech are words.
  func isNoWord(_ column: Int) -> Bool {
    guard count >= column + 3, !isKnownPartsOfSpeech(column + 1) else { return false }
    let (values, others) = (values(column), values(column + 1))
    guard values.count >= 4, Set(others).count >= 3 else { return false }
    if values.allSatisfy(Self.isNumber), !others.contains(where: Self.isNumber) { return true }
    let changes = zip(values, values.dropFirst()).count { $0 != $1 || $0 == "[MASK]" }
    return changes <= values.count / 3
  }

  /// Whether nearly all fields of a column are tags, `O` or `B-TYPE`.
  func isTags(_ column: Int) -> Bool {
    let values = values(column)
    return values.count { EntityTag($0) != nil } * 10 >= values.count * 9
  }

  /// Whether a column of tags has entities: other types than those of chunks, which stand in the column of their own that
  /// CoNLL-2003 has.
  func hasEntities(_ column: Int) -> Bool {
    isTags(column)
      && values(column).contains {
        guard let tag = EntityTag($0), tag.mark != .outside else { return false }
        return !Self.chunks.contains(String(tag.type))
      }
  }

  private static let chunks: Set<String> = [
    "NP", "VP", "PP", "ADVP", "ADJP", "SBAR", "PRT", "CONJP", "INTJ", "LST", "UCP", "NC", "VC",
    "PC",
  ]

  /// Why a column beside the words holds no parts of speech, in words for the user; nil if it may.
  func isNoPartOfSpeech(_ column: Int, words: Int) -> String? {
    let (values, words) = (values(column), values(words))
    let different = Set(values)
    if different.count == 1, let value = values.first, Self.isPlaceholder(value) {
      return "holds nothing but \(CorpusLine.quoted(value))"
    }
    if values.allSatisfy(Self.isNumber) { return "holds numbers" }
    let pairs = zip(words, values).filter { $0.0.contains(where: \.isLetter) }
    let alike = pairs.count { $0.0.lowercased() == $0.1.lowercased() }
    let differentWords = Set(words).count
    if pairs.count >= 3, alike * 2 >= pairs.count || hasManyValues(different.count, differentWords)
    {
      return "has nearly as many values as there are words"
    }
    return nil
  }

  private func hasManyValues(_ values: Int, _ words: Int) -> Bool {
    words >= 50 && values * 10 >= words * 6
  }

  /// Whether all fields of a column are parts of speech of the Penn Treebank or of Universal Dependencies.
  func isKnownPartsOfSpeech(_ column: Int) -> Bool {
    values(column).allSatisfy(Self.knownPartsOfSpeech.contains)
  }

  private static let knownPartsOfSpeech = Set(
    """
    ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X \
    CC CD DT EX FW IN JJ JJR JJS LS MD NN NNP NNPS NNS PDT POS PRP PRP$ RB RBR RBS RP TO UH \
    VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB # $ . , : ( ) `` '' " -LRB- -RRB- \
    HYPH NFP ADD AFX GW XX _SP
    """.split(separator: " ").map(String.init))

  private static func isPlaceholder(_ value: String) -> Bool {
    ["O", "-X-", "X"].contains(value)
      || !value.unicodeScalars.contains {
        $0.properties.isAlphabetic || $0.properties.numericType != nil
      }
  }

  private static func isNumber(_ value: String) -> Bool {
    value.utf8.contains { (0x30...0x39).contains($0) }
      && value.utf8.allSatisfy { (0x30...0x39).contains($0) || ":-.,+/".utf8.contains($0) }
  }
}

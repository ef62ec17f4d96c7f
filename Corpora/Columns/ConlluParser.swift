/// Reads CoNLL-U, the format of Universal Dependencies (universaldependencies.org/format.html).
///
/// Words are the syntactic words, which are what has a part of speech: the line `3-4` of a token that stands for words 3 and
/// 4, and the empty node `3.1`, are passed over. The word is FORM, the part of speech UPOS, the entity tag what MISC says
/// under `NER=`; other columns by `--columns`. `# newdoc` opens a document.
struct ConlluParser: SentenceParser {
  /// The fields of a line: ID FORM LEMMA UPOS XPOS FEATS HEAD DEPREL DEPS MISC.
  static let fieldCount = 10
  private static let miscellany = 9

  /// The columns that a user named; nil for FORM, UPOS and MISC.
  private let roles: ColumnRoles?
  /// Whether the first word of the file has a tag in MISC, and its line: all others must have one too, or none.
  private var tagged: (isTagged: Bool, line: Int)?

  /// Reads the columns that a user named, or FORM, UPOS and MISC.
  init(_ roles: ColumnRoles?) { self.roles = roles }

  mutating func read(_ line: CorpusLine, into sentence: inout Example) throws -> LineKind {
    if ColumnLine.isBlank(line.bytes) { return .end }
    if line.bytes.first == UInt8(ascii: "#") {
      return line.bytes.starts(with: "# newdoc".utf8) ? .documentStart : .comment
    }
    try line.checkCarriageReturns()
    let fields = Self.fields(of: line.bytes)
    guard fields.count == Self.fieldCount, fields.allSatisfy({ !$0.isEmpty }) else {
      throw line.error(
        found: fields.count == Self.fieldCount
          ? "an empty field in \(line.quoted)"
          : "\(fields.count) \(fields.count == 1 ? "field" : "fields") in \(line.quoted)",
        expected: "the ten fields of CoNLL-U with a tab between two, an empty one as _",
        remedy: line.file.lowercased().hasSuffix(".conllu")
          ? "name the columns of other files with --columns, or give the file a name that does not end in .conllu"
          : "")
    }
    guard try isWord(line, id: fields[0], after: sentence.words.count) else { return .comment }
    try append(line, fields, to: &sentence)
    return .word
  }

  private static func fields(of line: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    var fields: [Range<Int>] = []
    var start = 0
    for (index, byte) in line.enumerated() where byte == 0x09 {
      fields.append(ColumnLine.trimmed(start..<index, of: line))
      start = index + 1
    }
    return fields + [ColumnLine.trimmed(start..<line.count, of: line)]
  }

  /// Whether a line with this ID is a word; false for a range and an empty node.
  private func isWord(_ line: CorpusLine, id: Range<Int>, after words: Int) throws -> Bool {
    let text = try line.text(id)
    if let number = Int(text) {
      guard number == words + 1 else {
        throw line.error(
          found: "the ID \(CorpusLine.quoted(text))", expected: "the ID \(words + 1)",
          remedy: "words are numbered from 1 in every sentence, and an empty line ends one")
      }
      return true
    }
    for separator in ["-", "."] {
      let parts = text.split(separator: separator, omittingEmptySubsequences: false)
      if parts.count == 2, parts.allSatisfy({ Int($0) != nil }) { return false }
    }
    throw line.error(
      found: "the ID \(CorpusLine.quoted(text))",
      expected: "a number such as 3, a range such as 3-4, or an empty node such as 3.1")
  }

  private mutating func append(
    _ line: CorpusLine, _ fields: [Range<Int>], to sentence: inout Example
  ) throws {
    if let roles {
      sentence.words.append(try line.text(fields[roles.word]))
      if let column = roles.partOfSpeech {
        sentence.partsOfSpeech.append(try line.text(fields[column]))
      }
      if let column = roles.tag {
        let tag = try line.text(fields[column])
        sentence.tags.append(
          try line.checkedTag(
            tag, in: "column \(column)", remedy: "--columns \(roles) takes it for the tag"))
      }
      return
    }
    sentence.words.append(try line.text(fields[1]))
    sentence.partsOfSpeech.append(try line.text(fields[3]))
    if let tag = try tag(of: line, miscellany: fields[Self.miscellany]) {
      sentence.tags.append(tag)
    }
  }

  /// The value of `NER=` in MISC.
  private mutating func tag(of line: CorpusLine, miscellany: Range<Int>) throws -> String? {
    let key = "NER="
    let pairs = try line.text(miscellany).utf8.split(separator: UInt8(ascii: "|"))
    let tag = pairs.first { $0.starts(with: key.utf8) }
      .map { String(Substring($0.dropFirst(key.utf8.count))) }
    let first = tagged ?? (tag != nil, line.number)
    tagged = first
    guard (tag != nil) == first.isTagged else {
      throw line.error(
        found: tag == nil ? "a word without NER= in its MISC" : "a word with NER= in its MISC",
        expected: "\(first.isTagged ? "one" : "none") as in line \(first.line)",
        remedy: "write NER= on every word, NER=O outside entities, or on none")
    }
    return try tag.map {
      try line.checkedTag($0, in: "MISC", remedy: "write it as NER=B-PER, NER=I-PER or NER=O")
    }
  }
}
